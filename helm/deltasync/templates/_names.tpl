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
{{- with omit .root.Values.commonLabels "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
{{ toYaml . }}
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

{{/*
The back-off limit of a Job whose Link stays busy for a lease after a pod has died: as configured, but as many attempts
as it takes for the waits between them (10, 20, 40 s and so on, 6 minutes at most) to outlast the lease. 0 stays 0.
A list of root and limit.
*/}}
{{- define "deltasync.backoffLimit" -}}
{{- $limit := int (index . 1) -}}
{{- $lease := toString (default "60s" (dig "deltasync" "lease" "60s" (index . 0).Values.config)) -}}
{{- if and (gt $limit 0) (regexMatch "^[0-9]+(s|m|h)$" $lease) -}}
{{- $unit := hasSuffix "h" $lease | ternary 3600 (hasSuffix "m" $lease | ternary 60 1) -}}
{{- $seconds := mul (int (trimSuffix "h" (trimSuffix "m" (trimSuffix "s" $lease)))) $unit -}}
{{- $waited := 0 -}}
{{- $wait := 10 -}}
{{- $needed := 0 -}}
{{- range until 100 -}}
{{- if lt (int $waited) (int $seconds) -}}
{{- $waited = add $waited $wait -}}
{{- $wait = min 360 (mul 2 $wait) -}}
{{- $needed = add1 $needed -}}
{{- end -}}
{{- end -}}
{{- $limit = max $limit $needed -}}
{{- end -}}
{{ $limit }}
{{- end -}}
