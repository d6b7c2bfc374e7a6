{{/*
The five services, by their key in the values. port: where each listens by itself. secrets and plain: variables it has beside
those of every service. isServer: others call it, so endpoints are taken out before it stops. isSender: it connects to
addresses that users name. isTraced: events go through it. topic: what its useful replicas are bounded by; null is not bounded. settleSeconds: how long a new
pod is watched before the next one is replaced: a consumer group, or leases, have found their new places by then.
*/}}
{{- define "hooklane.services" -}}
subscriptionApi:
  component: subscription-api
  port: 4400
  secrets: [operatorKey, secretsKeys]
  plain: [CONSOLE_URL, HOOKLANE_DESTINATION_ALLOW]
  isServer: true
  isSender: true
  isTraced: false
  topic: null
  settleSeconds: 5
eventIngestor:
  component: event-ingestor
  port: 4401
  secrets: []
  plain: []
  isServer: true
  isSender: false
  isTraced: true
  topic: null
  settleSeconds: 10
router:
  component: router
  port: 4402
  secrets: [secretsKeys]
  plain: []
  isServer: false
  isSender: false
  isTraced: true
  topic: events
  settleSeconds: 10
dispatcher:
  component: dispatcher
  port: 4403
  secrets: [secretsKeys]
  plain: [HOOKLANE_DESTINATION_ALLOW]
  isServer: false
  isSender: true
  isTraced: true
  topic: deliveries
  settleSeconds: 15
healthMonitor:
  component: health-monitor
  port: 4404
  secrets: [secretsKeys, smtpUrl]
  plain: [CONSOLE_URL, HOOKLANE_DESTINATION_ALLOW, MAIL_FROM]
  isServer: false
  isSender: true
  isTraced: false
  topic: attempts
  settleSeconds: 10
{{- end -}}
