{{- define "deltasync.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A variable from a Secret: [variable, Secret, key]. */}}
{{- define "deltasync.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
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
  value: mysql
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
What only pods need that run Links, or know of them: a dict of root and component, and, for a Link's CronJob, the Link's
config. Such a pod gets the secrets of the connections whose names are values in there; in place of the others it gets
values that connect to nothing, as the configuration is read whole.
*/}}
{{- define "deltasync.linkEnv" -}}
{{- if .root.Values.worker.enabled }}
{{ include "deltasync.brokerEnv" .root }}
{{- end }}
{{- $component := .component }}
{{- $config := toJson .config }}
{{- $absent := dict }}
{{- range $name, $values := .root.Values.connections }}
{{- $named := eq $component "run" | ternary (contains (toJson $name) $config) true }}
{{- range $property, $key := include "deltasync.connectionKeys" $values | fromYaml }}
{{- if $key }}
{{- $variable := include "deltasync.connectionVariable" (list $name $property) }}
{{- if $named }}
{{ include "deltasync.secretVariable" (list $variable $values.existingSecret $key) }}
{{- else }}
{{- $_ := set $absent $variable (eq $property "url" | ternary "jdbc:h2:tcp://not-given-to-this-pod/none" "not-given-to-this-pod") }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- with $absent }}
- name: SPRING_APPLICATION_JSON
  value: {{ toJson . | quote }}
{{- end }}
{{- end -}}

{{/* The chart's own variables of a pod, as a list: the arguments of deltasync.podSpec. */}}
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
- name: SERVER_PORT
  value: {{ $values.serve.port | quote }}
{{- end }}
{{- end -}}

{{/*
The options of a pod's JVM: the arguments of deltasync.podSpec. Without a limit of the pod's processors the JVM would
count the node's, and there would be lanes for all of them.
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

{{/* The whole processors of a quantity such as 250m, 1.5 or 2, two at least. */}}
{{- define "deltasync.processors" -}}
{{- $quantity := toString . -}}
{{- $processors := float64 $quantity -}}
{{- if hasSuffix "m" $quantity -}}
{{- $processors = divf (trimSuffix "m" $quantity | float64) 1000.0 -}}
{{- end -}}
{{ max 2 (ceil $processors | int64) }}
{{- end -}}

{{/* A pod's labels and annotations: a dict of root, component and, for a Link's, link. */}}
{{- define "deltasync.podMetadata" -}}
labels:
  {{- include "deltasync.labels" . | nindent 2 }}
  {{- with .link }}
  deltasync.io/link: {{ . | quote }}
  {{- end }}
  {{- $labels := omit .root.Values.podLabels "deltasync.io/link" }}
  {{- range $label, $_ := include "deltasync.labels" . | fromYaml }}
  {{- $labels = omit $labels $label }}
  {{- end }}
  {{- with $labels }}
  {{- toYaml . | nindent 2 }}
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
A pod that carries out one command: a dict of root, component, args, grace, resources and, where it is a Job's,
restartPolicy, and, where it is a Link's, config. That of component "migrate" comes before everything else of the release
is there: it has neither the ConfigMap, so that its part for Spring is a variable, nor the ServiceAccount.
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
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .grace }}
securityContext:
  runAsNonRoot: true
  {{- with $values.security.runAsUser }}
  runAsUser: {{ int . }}
  {{- end }}
  {{- with $values.security.fsGroup }}
  fsGroup: {{ int . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
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
    # the tables may have to be brought up to date first
    startupProbe:
      httpGet: { path: /actuator/health/liveness, port: management }
      periodSeconds: 5
      timeoutSeconds: 5
      failureThreshold: 60
    livenessProbe:
      httpGet: { path: /actuator/health/liveness, port: management }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 3
    readinessProbe:
      httpGet: { path: /actuator/health/readiness, port: management }
      periodSeconds: 10
      timeoutSeconds: 5
      failureThreshold: 3
    {{- end }}
    resources:
      {{- toYaml .resources | nindent 6 }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities:
        drop: [ALL]
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
