{{- define "hooklane.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What pods of a component are found by; never changes in the life of a release. (dict "root" $ "component" "router") */}}
{{- define "hooklane.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "hooklane.labels" -}}
{{ include "hooklane.selector" . }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "hooklane.image" -}}
{{- $image := .root.Values.image -}}
{{- $digest := get $image.digests .component -}}
{{- printf "%s/%s%s" $image.repository .component (ternary (printf "@%s" $digest) (printf ":%s" ($image.tag | default .root.Chart.AppVersion)) (ne $digest "")) -}}
{{- end -}}

{{/* Partitions of a topic: those given, or those packages/kafka makes at this scale. (dict "root" $ "topic" "events") */}}
{{- define "hooklane.partitions" -}}
{{- $byScale := dict
  "production" (dict "events" 32 "deliveries" 64 "attempts" 32)
  "local" (dict "events" 4 "deliveries" 8 "attempts" 4) -}}
{{- $topics := .root.Values.topics -}}
{{- get $topics.partitions .topic | default (get (get $byScale $topics.scale) .topic) -}}
{{- end -}}
