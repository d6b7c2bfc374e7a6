{{/* A rule of egress: ports and where to. (dict "ports" … "to" … "protocols" (list "TCP")) */}}
{{- define "hooklane.egressRule" -}}
{{- $protocols := .protocols -}}
- ports:
    {{- range $port := .ports }}
    {{- range $protocol := $protocols }}
    - { protocol: {{ $protocol }}, port: {{ $port }} }
    {{- end }}
    {{- end }}
  {{- with .to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* (dict "egress" .Values.networkPolicy.egress "names" (list "kafka" "mongodb")); DNS for all. */}}
{{- define "hooklane.egressRules" -}}
{{- $egress := .egress -}}
{{- include "hooklane.egressRule" (merge (dict "protocols" (list "UDP" "TCP")) $egress.dns) }}
{{- range .names }}
{{ include "hooklane.egressRule" (merge (dict "protocols" (list "TCP")) (get $egress .)) }}
{{- end }}
{{- end -}}

{{/* To the addresses that users name: everything outside of the ranges, and what was allowed of them. */}}
{{- define "hooklane.internetRule" -}}
{{- $v4 := list -}}
{{- $v6 := list -}}
{{- range .Values.networkPolicy.egress.internetExcept -}}
{{- if contains ":" . -}}{{- $v6 = append $v6 . -}}{{- else -}}{{- $v4 = append $v4 . -}}{{- end -}}
{{- end -}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        {{- with $v4 }}
        except:
          {{- toYaml . | nindent 10 }}
        {{- end }}
    - ipBlock:
        cidr: ::/0
        {{- with $v6 }}
        except:
          {{- toYaml . | nindent 10 }}
        {{- end }}
    {{- range .Values.destinationAllow }}
    - ipBlock: { cidr: {{ quote . }} }
    {{- end }}
{{- end -}}

{{/* (dict "port" 4400 "from" <peers, [] is everybody>) */}}
{{- define "hooklane.ingressRule" -}}
- ports:
    - { protocol: TCP, port: {{ .port }} }
  {{- with .from }}
  from:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
