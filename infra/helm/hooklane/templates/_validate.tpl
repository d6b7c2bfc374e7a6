{{/* Stops with everything that is missing or contradictory, and what to do about it. */}}
{{- define "hooklane.validate" -}}
{{- $values := .Values -}}
{{- $problems := list -}}
{{- if not $values.kafka.brokers -}}
{{- $problems = append $problems "kafka.brokers is not set: --set 'kafka.brokers={kafka-0.kafka:9092,kafka-1.kafka:9092}'" -}}
{{- end -}}
{{- if not $values.consoleUrl -}}
{{- $problems = append $problems "consoleUrl is not set: where people open the API, --set consoleUrl=https://hooks.example.org" -}}
{{- end -}}
{{- if not $values.mailFrom -}}
{{- $problems = append $problems "mailFrom is not set: the sender of mails, --set mailFrom=hooklane@example.org" -}}
{{- end -}}
{{- range $name := list "mongodbUri" "secretsKeys" "operatorKey" "smtpUrl" -}}
{{- $reference := get $values.secrets $name -}}
{{- if not (or $reference.existingSecret $values.secrets.existingSecret) -}}
{{- $problems = append $problems (printf "secrets.%s.existingSecret (or secrets.existingSecret for all) is not set: name a Secret that has the key %s, such as one made with: kubectl create secret generic hooklane --from-env-file=hooklane.env" $name $reference.key) -}}
{{- end -}}
{{- end -}}
{{- $problems = concat $problems (fromJsonArray (include "hooklane.connectionProblems" .)) (fromJsonArray (include "hooklane.scalingProblems" .)) -}}
{{- range $name, $ingress := $values.ingress -}}
{{- if and $ingress.enabled (not $ingress.host) -}}
{{- $problems = append $problems (printf "ingress.%s.host is not set: --set ingress.%s.host=hooks.example.org, or ingress.%s.enabled=false" $name $name $name) -}}
{{- end -}}
{{- end -}}
{{- if and $values.prometheusRule.enabled (not (.Files.Glob "files/*.rules.yml")) -}}
{{- $problems = append $problems "prometheusRule.enabled is true, but this chart carries no rules: it was not packaged from a whole repository; set prometheusRule.enabled=false" -}}
{{- end -}}
{{- if $problems -}}
{{- fail (printf "%d of the values %s:\n  - %s\n" (len $problems) (ternary "needs a change" "need a change" (eq (len $problems) 1)) (join "\n  - " $problems)) -}}
{{- end -}}
{{- end -}}

{{- define "hooklane.connectionProblems" -}}
{{- $tls := .Values.kafka.tls -}}
{{- $sasl := .Values.kafka.sasl -}}
{{- $problems := list -}}
{{- if and $tls.existingSecret (not $tls.enabled) -}}
{{- $problems = append $problems "kafka.tls.existingSecret is set, but connections would be in the clear: set kafka.tls.enabled=true" -}}
{{- end -}}
{{- if ne (empty $tls.certKey) (empty $tls.keyKey) -}}
{{- $problems = append $problems "kafka.tls.certKey and kafka.tls.keyKey belong together: set both (tls.crt and tls.key) or neither" -}}
{{- end -}}
{{- if and (or $tls.certKey $tls.keyKey) (not $tls.existingSecret) -}}
{{- $problems = append $problems "kafka.tls.existingSecret is not set, but kafka.tls.certKey or keyKey is: name the Secret that has them" -}}
{{- end -}}
{{- if and $sasl.mechanism (not $sasl.existingSecret) -}}
{{- $problems = append $problems (printf "kafka.sasl.existingSecret is not set: name a Secret that has the keys %s and %s" $sasl.usernameKey $sasl.passwordKey) -}}
{{- end -}}
{{- if and (or $sasl.existingSecret $sasl.existingSecrets) (not $sasl.mechanism) -}}
{{- $problems = append $problems "kafka.sasl.existingSecret is set, but nobody would log in: set kafka.sasl.mechanism to plain, scram-sha-256 or scram-sha-512" -}}
{{- end -}}
{{- if and (eq .Values.traces.mode "otlp") (not .Values.traces.endpoint) -}}
{{- $problems = append $problems "traces.endpoint is not set: --set traces.endpoint=http://collector.observability.svc:4318, or traces.mode=off" -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "hooklane.scalingProblems" -}}
{{- $root := . -}}
{{- $problems := list -}}
{{- range $key, $service := fromYaml (include "hooklane.services" .) -}}
{{- $values := get $root.Values $key -}}
{{- $scaling := $values.autoscaling | default (dict "enabled" false) -}}
{{- $name := ternary (printf "%s.autoscaling.maxReplicas" $key) (printf "%s.replicas" $key) $scaling.enabled -}}
{{- $replicas := int (ternary $scaling.maxReplicas $values.replicas $scaling.enabled) -}}
{{- if $service.topic -}}
{{- $partitions := int (include "hooklane.partitions" (dict "root" $root "topic" $service.topic)) -}}
{{- if gt $replicas $partitions -}}
{{- $problems = append $problems (printf "%s is %d, but %s.v1 has %d partitions, and a replica without one has nothing to do: lower it, or say topics.partitions.%s" $name $replicas $service.topic $partitions $service.topic) -}}
{{- end -}}
{{- end -}}
{{- if $scaling.enabled -}}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) -}}
{{- $problems = append $problems (printf "%s.autoscaling.minReplicas is above maxReplicas" $key) -}}
{{- end -}}
{{- if not $root.Values.keda.prometheusAddress -}}
{{- $problems = append $problems (printf "keda.prometheusAddress is not set, and %s.autoscaling asks it: --set keda.prometheusAddress=http://prometheus.monitoring.svc:9090" $key) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
