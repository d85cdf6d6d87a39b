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

{{/* What only pods need that run Links, or know of them. */}}
{{- define "deltasync.linkEnv" -}}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: file:/etc/deltasync/
{{- if .Values.worker.enabled }}
{{ include "deltasync.brokerEnv" . }}
{{- end }}
{{- range $name, $values := .Values.connections }}
{{- range $property, $key := include "deltasync.connectionKeys" $values | fromYaml }}
{{- if $key }}
{{ include "deltasync.secretVariable" (list (include "deltasync.connectionVariable" (list $name $property)) $values.existingSecret $key) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* A pod's labels and annotations: a dict of root, component and, for a Link's, link. */}}
{{- define "deltasync.podMetadata" -}}
labels:
  {{- include "deltasync.labels" . | nindent 2 }}
  {{- with .link }}
  deltasync.io/link: {{ . | quote }}
  {{- end }}
  {{- with .root.Values.podLabels }}
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
restartPolicy. That of component "migrate" comes before everything else of the release is there: it has neither the
ConfigMap nor the ServiceAccount.
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
      - name: TZ
        value: Etc/UTC
      {{- $own := list }}
      {{- range $values.env }}
      {{- $own = append $own .name }}
      {{- end }}
      {{- if not (has "LANG" $own) }}
      - name: LANG
        value: C.UTF-8
      {{- end }}
      {{- with $values.jvmOptions }}
      - name: JDK_JAVA_OPTIONS
        value: {{ . | quote }}
      {{- end }}
      {{- include "deltasync.databaseEnv" $root | nindent 6 }}
      {{- if not $first }}
      {{- include "deltasync.linkEnv" $root | nindent 6 }}
      {{- end }}
      {{- if $serve }}
      # from elsewhere than its own host it is not reached unless this is said
      - name: SERVER_ADDRESS
        value: 0.0.0.0
      - name: SERVER_PORT
        value: {{ $values.serve.port | quote }}
      {{- end }}
      {{- with $values.env }}
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
  {{- if $data }}
  - name: data
    persistentVolumeClaim:
      claimName: {{ default (include "deltasync.fullname" $root) $values.database.h2.existingClaim | quote }}
  {{- end }}
  {{- with $values.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
