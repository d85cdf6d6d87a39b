{{- define "deltasync.name" -}}
{{ default .Chart.Name .Values.nameOverride }}
{{- end -}}

{{- define "deltasync.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride }}
{{- else if contains (include "deltasync.name" .) .Release.Name -}}
{{ .Release.Name }}
{{- else -}}
{{ .Release.Name }}-{{ include "deltasync.name" . }}
{{- end -}}
{{- end -}}

{{- define "deltasync.selectorLabels" -}}
app.kubernetes.io/name: {{ include "deltasync.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/* A dict: root; component, unless it is of all. */}}
{{- define "deltasync.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{ include "deltasync.selectorLabels" .root }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: deltasync
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end -}}

{{/* A dict: root, component. */}}
{{- define "deltasync.componentSelector" -}}
{{ include "deltasync.selectorLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* A Link's name as a part of DNS names: [name, the Link's values]. */}}
{{- define "deltasync.linkResource" -}}
{{- $link := default dict (index . 1) -}}
{{- default (regexReplaceAll "[^a-z0-9]+" (lower (index . 0)) "-" | trimAll "-") $link.resourceName -}}
{{- end -}}

{{- define "deltasync.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "deltasync.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}
