{{/* What every pod has, whatever runs in it. */}}
{{- define "hooklane.podSecurity" -}}
automountServiceAccountToken: false
# Variables such as ROUTER_PORT=tcp://… of a Service that is called "router" would be taken for configuration.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  # The user "node" of the images, by number: Kubernetes cannot tell of a name that it is not root.
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "hooklane.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* Where a pod may run. (dict "pod" <pod values>) */}}
{{- define "hooklane.placement" -}}
{{- with .pod.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{/* A pod that runs one script of the image `prepare`. (dict "root" $ "component" "topics" "command" (list …) "environment" "…" "kafka" true "mongodb" false "resources" …) */}}
{{- define "hooklane.scriptPod" -}}
metadata:
  labels:
    {{- include "hooklane.labels" . | nindent 4 }}
spec:
  restartPolicy: Never
  {{- include "hooklane.podSecurity" .root | nindent 2 }}
  {{- with include "hooklane.placement" (dict "pod" .root.Values.pod) | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "hooklane.image" (dict "root" .root "component" "prepare") }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      command:
        {{- toYaml .command | nindent 8 }}
      env:
        {{- .environment | nindent 8 }}
      {{- include "hooklane.containerSecurity" . | nindent 6 }}
      resources:
        {{- toYaml .resources | nindent 8 }}
      {{- with include "hooklane.volumeMounts" . }}
      {{- . | nindent 6 }}
      {{- end }}
  {{- with include "hooklane.volumes" . }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
