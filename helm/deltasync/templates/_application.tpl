{{/* Returns the name of the variable with a value from a connection's Secret: a list of connection and property. */}}
{{- define "deltasync.connectionVariable" -}}
CONNECTION_{{ regexReplaceAll "[^A-Z0-9]+" (upper (index . 0)) "_" }}_{{ upper (index . 1) }}
{{- end -}}

{{/* Returns the keys of a connection's Secret by property, as YAML: the connection's values. */}}
{{- define "deltasync.connectionKeys" -}}
{{- if .existingSecret -}}
{{ default (dict "password" "password") .secretKeys | toYaml }}
{{- end -}}
{{- end -}}

{{/* Returns a key of application.yaml. Outside of brackets, Spring Boot keeps only lower-case letters, digits and dashes. */}}
{{- define "deltasync.key" -}}
{{ regexMatch "^[a-z0-9-]+$" . | ternary . (printf "[%s]" .) }}
{{- end -}}

{{/* application.yaml */}}
{{- define "deltasync.application" -}}
{{- $root := . -}}
{{- $connections := dict -}}
{{- range $name, $values := .Values.connections -}}
{{- $connection := deepCopy (default dict $values.options) -}}
{{- range $property := list "url" "username" -}}
{{- with get $values $property -}}
{{- $_ := set $connection $property . -}}
{{- end -}}
{{- end -}}
{{- range $property, $key := include "deltasync.connectionKeys" $values | fromYaml -}}
{{- if $key -}}
{{- $_ := set $connection $property (printf "${%s}" (include "deltasync.connectionVariable" (list $name $property))) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $connections (include "deltasync.key" $name) $connection -}}
{{- end -}}
{{- $links := dict -}}
{{- range $name, $values := .Values.links -}}
{{- $link := deepCopy (default dict $values.config) -}}
{{- if and (eq $root.Values.scheduler "serve") $values.schedule (not $values.suspend) -}}
{{- $cron := hasPrefix "@" $values.schedule | ternary $values.schedule (printf "0 %s" $values.schedule) -}}
{{- $_ := set $link "schedule" (dict "cron" $cron "zone" (default "UTC" $values.timeZone)) -}}
{{- end -}}
{{- $_ := set $links (include "deltasync.key" $name) $link -}}
{{- end -}}
{{- $application := deepCopy .Values.config -}}
{{- $deltasync := deepCopy (default dict $application.deltasync) -}}
{{- if $connections -}}
{{- $_ := set $deltasync "connections" $connections -}}
{{- end -}}
{{- if $links -}}
{{- $_ := set $deltasync "links" $links -}}
{{- end -}}
{{- if $deltasync -}}
{{- $_ := set $application "deltasync" $deltasync -}}
{{- end -}}
{{ toYaml $application }}
{{- end -}}
