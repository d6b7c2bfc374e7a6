{{/* Where the variable of a secret value comes from. (dict "root" $ "secret" "mongodbUri" "name" "MONGODB_URI") */}}
{{- define "hooklane.secretVariable" -}}
{{- $secrets := .root.Values.secrets -}}
{{- $reference := get $secrets .secret -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ $reference.existingSecret | default $secrets.existingSecret }}
      key: {{ $reference.key }}
{{- end -}}

{{/* (dict "root" $ "component" "router") */}}
{{- define "hooklane.kafkaEnvironment" -}}
{{- $kafka := .root.Values.kafka -}}
- name: KAFKA_BROKERS
  value: {{ join "," $kafka.brokers | quote }}
{{- if $kafka.tls.enabled }}
- name: KAFKA_TLS
  value: "true"
{{- if $kafka.tls.existingSecret }}
{{- range $variable, $key := dict "CA" $kafka.tls.caKey "CERT" $kafka.tls.certKey "KEY" $kafka.tls.keyKey }}
{{- if $key }}
- name: KAFKA_TLS_{{ $variable }}_FILE
  value: /etc/hooklane/kafka-tls/{{ $key }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if $kafka.sasl.mechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ $kafka.sasl.mechanism }}
{{- $component := .component }}
{{- range $variable, $key := dict "USERNAME" $kafka.sasl.usernameKey "PASSWORD" $kafka.sasl.passwordKey }}
- name: KAFKA_SASL_{{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ get $kafka.sasl.existingSecrets $component | default $kafka.sasl.existingSecret }}
      key: {{ $key }}
{{- end }}
{{- end }}
- name: HOOKLANE_TOPIC_PREFIX
  value: {{ .root.Values.topicPrefix | quote }}
{{- end -}}

{{- define "hooklane.mongodbEnvironment" -}}
{{ include "hooklane.secretVariable" (dict "root" . "secret" "mongodbUri" "name" "MONGODB_URI") }}
- name: MONGODB_DATABASE
  value: {{ .Values.mongodb.database | quote }}
{{- end -}}

{{/* The environment of a service. (dict "root" $ "key" "router" "service" <of hooklane.services>) */}}
{{- define "hooklane.environment" -}}
{{- $values := .root.Values -}}
{{ include "hooklane.kafkaEnvironment" (dict "root" .root "component" .service.component) }}
{{ include "hooklane.mongodbEnvironment" .root }}
- name: HOST
  value: {{ $values.listenAddress | quote }}
- name: LOG_LEVEL
  value: {{ $values.logLevel }}
{{- $names := dict "operatorKey" "OPERATOR_KEY" "secretsKeys" "HOOKLANE_SECRETS_KEYS" "smtpUrl" "SMTP_URL" }}
{{- $root := .root }}
{{- range .service.secrets }}
{{ include "hooklane.secretVariable" (dict "root" $root "secret" . "name" (get $names .)) }}
{{- end }}
{{- $plain := dict "CONSOLE_URL" $values.consoleUrl "MAIL_FROM" $values.mailFrom "HOOKLANE_DESTINATION_ALLOW" (join "," $values.destinationAllow) }}
{{- range .service.plain }}
{{- if get $plain . }}
- name: {{ . }}
  value: {{ get $plain . | quote }}
{{- end }}
{{- end }}
{{- if and (eq .key "eventIngestor") $values.schemaRegistry.existingSecret }}
- name: SCHEMA_REGISTRY_URL
  valueFrom:
    secretKeyRef:
      name: {{ $values.schemaRegistry.existingSecret }}
      key: {{ $values.schemaRegistry.key }}
{{- end }}
{{- $traces := $values.traces }}
{{- if and .service.isTraced (ne $traces.mode "off") }}
- name: TRACES
  value: {{ $traces.mode }}
{{- if eq $traces.mode "otlp" }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ $traces.endpoint | quote }}
- name: OTEL_TRACES_SAMPLER
  value: {{ $traces.sampler }}
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ toJson $traces.ratio | quote }}
{{- end }}
{{- end }}
{{- range $name, $value := (get $values .key).env }}
{{- /* Numbers as JSON writes them: 536870912, not 5.36870912e+08. */}}
- name: {{ $name }}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{- end -}}

{{/* Certificates as files. Whole Secrets, so that renewed ones are seen by pods that run. (dict "root" $ "kafka" true "mongodb" true) */}}
{{- define "hooklane.tlsSecrets" -}}
{{- $kafka := .root.Values.kafka.tls -}}
{{- $secrets := list -}}
{{- if and .kafka $kafka.enabled $kafka.existingSecret -}}
{{- $secrets = append $secrets (dict "name" "kafka-tls" "secret" $kafka.existingSecret) -}}
{{- end -}}
{{- if and .mongodb .root.Values.mongodb.tls.existingSecret -}}
{{- $secrets = append $secrets (dict "name" "mongodb-tls" "secret" .root.Values.mongodb.tls.existingSecret) -}}
{{- end -}}
{{- toJson $secrets -}}
{{- end -}}

{{- define "hooklane.volumeMounts" -}}
{{- with fromJsonArray (include "hooklane.tlsSecrets" .) -}}
volumeMounts:
{{- range . }}
  - name: {{ .name }}
    mountPath: /etc/hooklane/{{ .name }}
    readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "hooklane.volumes" -}}
{{- with fromJsonArray (include "hooklane.tlsSecrets" .) -}}
volumes:
{{- range . }}
  - name: {{ .name }}
    secret:
      secretName: {{ .secret }}
      # 0440: read by the group of the pod (fsGroup), by nobody else.
      defaultMode: 288
{{- end }}
{{- end }}
{{- end -}}
