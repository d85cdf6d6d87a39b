{{- define "deltasync.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A variable whose value is in a Secret: a list of variable, Secret and key. */}}
{{- define "deltasync.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
{{- end -}}

{{/* The port of the database server. */}}
{{- define "deltasync.databasePort" -}}
{{ default (eq .Values.database.type "postgresql" | ternary 5432 3306) .Values.database.port }}
{{- end -}}

{{- define "deltasync.databaseEnv" -}}
{{- $database := .Values.database -}}
{{- if eq $database.type "h2" -}}
- name: SPRING_DATASOURCE_URL
  value: jdbc:h2:file:/var/lib/deltasync/deltasync;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE
- name: SPRING_DATASOURCE_USERNAME
  value: sa
{{- else -}}
- name: SPRING_PROFILES_ACTIVE
  value: {{ $database.type }}
{{- if $database.url }}
- name: DELTASYNC_DATABASE_URL
  value: {{ $database.url | quote }}
{{- else }}
{{ include "deltasync.secretVariable" (list "DELTASYNC_DATABASE_URL" $database.existingSecret $database.secretKeys.url) }}
{{- end }}
{{ include "deltasync.secretVariable" (list "DELTASYNC_DATABASE_USERNAME" $database.existingSecret $database.secretKeys.username) }}
{{ include "deltasync.secretVariable" (list "DELTASYNC_DATABASE_PASSWORD" $database.existingSecret $database.secretKeys.password) }}
{{- end -}}
{{- end -}}

{{- define "deltasync.brokerEnv" -}}
- name: DELTASYNC_WORKERS
  value: remote
- name: DELTASYNC_REMOTE_BROKERURL
  value: {{ .Values.broker.url | quote }}
{{- with .Values.broker }}
{{- if .existingSecret }}
{{ include "deltasync.secretVariable" (list "DELTASYNC_REMOTE_USERNAME" .existingSecret .secretKeys.username) }}
{{ include "deltasync.secretVariable" (list "DELTASYNC_REMOTE_PASSWORD" .existingSecret .secretKeys.password) }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
The variables of a pod that reads the configuration of Links: a dict of root, component and, for a Link's CronJob, the
Link's config. A pod of a CronJob gets the secrets of the connections that are named in its Link's config, and that of
prune, which connects to the JobRepository only, gets none. The configuration is always read as a whole, so values that
connect to nothing replace the other secrets.
*/}}
{{- define "deltasync.linkEnv" -}}
{{- if .root.Values.worker.enabled }}
{{- if eq .component "prune" }}
- name: DELTASYNC_WORKERS
  value: local
{{- else }}
{{ include "deltasync.brokerEnv" .root }}
{{- end }}
{{- end }}
{{- $component := .component }}
{{- $config := default dict .config | toJson }}
{{- range $name, $values := .root.Values.connections }}
{{- $named := has $component (list "run" "prune") | ternary (contains (toJson $name) $config) true }}
{{- range $property, $key := include "deltasync.connectionKeys" $values | fromYaml }}
{{- if $key }}
{{- $variable := include "deltasync.connectionVariable" (list $name $property) }}
{{- if $named }}
{{ include "deltasync.secretVariable" (list $variable $values.existingSecret $key) }}
{{- else }}
- name: {{ $variable }}
  value: {{ eq $property "url" | ternary "jdbc:h2:tcp://not-given-to-this-pod/none" "not-given-to-this-pod" }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The variables that the chart sets in a pod: the arguments of deltasync.podSpec. */}}
{{- define "deltasync.ownEnv" -}}
{{- $values := .root.Values -}}
- name: TZ
  value: Etc/UTC
- name: LANG
  value: C.UTF-8
{{- with include "deltasync.jvmOptions" . }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{ include "deltasync.databaseEnv" .root }}
{{- if eq .component "migrate" }}
{{- with .root.Values.config.spring }}
- name: SPRING_APPLICATION_JSON
  value: {{ dict "spring" . | toJson | quote }}
{{- end }}
{{- else }}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: file:/etc/deltasync/
{{- include "deltasync.linkEnv" . }}
{{- end }}
{{- if eq .component "serve" }}
- name: SERVER_ADDRESS
  value: 0.0.0.0
{{- include "deltasync.consoleEnv" $values }}
{{- end }}
{{- end -}}

{{/*
The variables of the console: the values. Health and metrics, which need no login, have a port of their own, so that an
Ingress does not publish them.
*/}}
{{- define "deltasync.consoleEnv" -}}
{{- if .console.enabled }}
- name: SERVER_PORT
  value: {{ .console.port | quote }}
- name: SERVER_FORWARDHEADERSSTRATEGY
  value: native
{{- if and .console.ingress.enabled (ne .console.ingress.path "/") }}
- name: SERVER_SERVLET_CONTEXTPATH
  value: {{ trimSuffix "/" .console.ingress.path | quote }}
{{- end }}
- name: MANAGEMENT_SERVER_ADDRESS
  value: 0.0.0.0
- name: MANAGEMENT_SERVER_PORT
  value: {{ .serve.port | quote }}
{{- with .console.adminPassword }}
{{- if .existingSecret }}
{{ include "deltasync.secretVariable" (list "DELTASYNC_SERVE_ADMINPASSWORD" .existingSecret .key) }}
{{- end }}
{{- end }}
{{- with .console.oidc }}
{{- if .issuerUri }}
- name: SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_OIDC_ISSUERURI
  value: {{ .issuerUri | quote }}
- name: SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_OIDC_CLIENTID
  value: {{ .clientId | quote }}
- name: SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_OIDC_CLIENTNAME
  value: {{ .name | quote }}
- name: SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_OIDC_SCOPE
  value: {{ .scope | quote }}
{{ include "deltasync.secretVariable" (list "SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_OIDC_CLIENTSECRET" .existingSecret .key) }}
{{- end }}
{{- end }}
{{- else }}
- name: DELTASYNC_SERVE_CONSOLE
  value: "false"
- name: SERVER_PORT
  value: {{ .serve.port | quote }}
{{- end }}
{{- end -}}

{{/*
The JVM options of a pod: the arguments of deltasync.podSpec. Without a CPU limit, the JVM would count the processors of
the node and start lanes for all of them.
*/}}
{{- define "deltasync.jvmOptions" -}}
{{- $options := list -}}
{{- with .root.Values.jvmOptions -}}
{{- $options = append $options . -}}
{{- end -}}
{{- $resources := default dict .resources -}}
{{- $given := printf "%s %s" .root.Values.jvmOptions (toJson .root.Values.env) -}}
{{- if not (or (dig "limits" "cpu" "" $resources) (contains "ActiveProcessorCount" $given)) -}}
{{- $options = append $options (printf "-XX:ActiveProcessorCount=%s" (include "deltasync.processors" (dig "requests" "cpu" 0 $resources))) -}}
{{- end -}}
{{- with .root.Values.trustStore -}}
{{- if .existingSecret -}}
{{- $options = append $options (printf "-Djavax.net.ssl.trustStore=/etc/deltasync-tls/%s -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStorePassword=%s" .key .password) -}}
{{- end -}}
{{- end -}}
{{ join " " $options }}
{{- end -}}

{{/* Returns a CPU quantity such as 250m, 1.5 or 2 in whole processors, rounded up, at least two. */}}
{{- define "deltasync.processors" -}}
{{- $quantity := toString . -}}
{{- $processors := float64 $quantity -}}
{{- if hasSuffix "m" $quantity -}}
{{- $processors = divf (trimSuffix "m" $quantity | float64) 1000.0 -}}
{{- end -}}
{{ max 2 (ceil $processors | int64) }}
{{- end -}}

{{/* The labels and annotations of a pod: a dict of root, component and, for a Link's pod, link. */}}
{{- define "deltasync.podMetadata" -}}
labels:
  {{- include "deltasync.labels" . | nindent 2 }}
  {{- with .link }}
  deltasync.io/link: {{ . | quote }}
  {{- end }}
  {{- with include "deltasync.furtherLabels" (dict "given" (omit .root.Values.podLabels "deltasync.io/link") "own" (include "deltasync.labels" .)) }}
  {{- . | nindent 2 }}
  {{- end }}
annotations:
  checksum/config: {{ include "deltasync.application" .root | sha256sum | quote }}
  {{- if and (eq .component "serve") .root.Values.metrics.annotations }}
  prometheus.io/scrape: "true"
  prometheus.io/port: {{ .root.Values.serve.port | quote }}
  prometheus.io/path: /actuator/prometheus
  {{- end }}
  {{- with .root.Values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/*
A pod that runs one command: a dict of root, component, args, grace, resources and, for a Job or test, restartPolicy, and,
for a Link, config. The pod of "migrate" starts before the rest of the release exists, so it has no ServiceAccount and no
ConfigMap; it gets config.spring in a variable.
*/}}
{{- define "deltasync.podSpec" -}}
{{- $root := .root -}}
{{- $values := .root.Values -}}
{{- $first := eq .component "migrate" -}}
{{- $serve := eq .component "serve" -}}
{{- $data := and $serve (eq $values.database.type "h2") -}}
{{- with .restartPolicy -}}
restartPolicy: {{ . }}
{{ end -}}
{{- if not $first -}}
serviceAccountName: {{ include "deltasync.serviceAccountName" $root | quote }}
{{ end -}}
automountServiceAccountToken: {{ and (not $first) $values.serviceAccount.automount | ternary "true" "false" }}
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .grace }}
{{- with $values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if has .component (list "serve" "worker") }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "deltasync.componentSelector" . | nindent 8 }}
{{- end }}
containers:
  - name: deltasync
    image: {{ include "deltasync.image" $root }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    args:
      {{- toYaml .args | nindent 6 }}
    env:
      {{- $given := list }}
      {{- range $values.env }}
      {{- $given = append $given .name }}
      {{- end }}
      {{- range include "deltasync.ownEnv" . | fromYamlArray }}
      {{- if not (has .name $given) }}
      {{- list . | toYaml | nindent 6 }}
      {{- end }}
      {{- end }}
      {{- with $values.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with $values.envFrom }}
    envFrom:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if $serve }}
    ports:
      - name: management
        containerPort: {{ $values.serve.port }}
      {{- if $values.console.enabled }}
      - name: console
        containerPort: {{ $values.console.port }}
      {{- end }}
    {{- range $probe := list "startupProbe" "livenessProbe" "readinessProbe" }}
    {{- with get $values.serve $probe }}
    {{ $probe }}:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- end }}
    {{- end }}
    resources:
      {{- toYaml .resources | nindent 6 }}
    {{- with $values.securityContext }}
    securityContext:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
      {{- if not $first }}
      - name: config
        mountPath: /etc/deltasync
        readOnly: true
      {{- end }}
      {{- if $values.trustStore.existingSecret }}
      - name: tls
        mountPath: /etc/deltasync-tls
        readOnly: true
      {{- end }}
      {{- if $data }}
      - name: data
        mountPath: /var/lib/deltasync
      {{- end }}
      {{- with $values.volumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - name: tmp
    emptyDir: {}
  {{- if not $first }}
  - name: config
    configMap:
      name: {{ include "deltasync.fullname" $root | quote }}
  {{- end }}
  {{- with $values.trustStore.existingSecret }}
  - name: tls
    secret:
      secretName: {{ . | quote }}
  {{- end }}
  {{- if $data }}
  - name: data
    persistentVolumeClaim:
      claimName: {{ default (include "deltasync.fullname" $root) $values.database.h2.existingClaim | quote }}
  {{- end }}
  {{- with $values.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
