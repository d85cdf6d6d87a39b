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

{{/* The labels of an object: a dict of root and, unless the object serves all components, component. */}}
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

{{/* Returns those labels of "given", as YAML, that are not in "own", labels as YAML: no label appears twice. */}}
{{- define "deltasync.furtherLabels" -}}
{{- $labels := default dict .given -}}
{{- range $label, $_ := fromYaml .own -}}
{{- $labels = omit $labels $label -}}
{{- end -}}
{{- with $labels -}}
{{ toYaml . }}
{{- end -}}
{{- end -}}

{{/* The labels that select the pods of a component: a dict of root and component. */}}
{{- define "deltasync.componentSelector" -}}
{{ include "deltasync.selectorLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Returns a Link's name as a part of DNS names: a list of the name and the Link's values. */}}
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
Returns the back-off limit of a Link's Job: a list of root and the configured limit. After a pod has died, its Link stays
busy until the lease ends, so the limit is raised until the waits between the attempts (10, 20, 40 s and so on, up to 6
minutes each) outlast the lease. 0 stays 0.
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
