{{/* The operator's configuration. Whatever has no value is left out, and the operator's own default counts. */}}
{{- define "tenant-onboarding-operator.env" -}}
- name: ONBOARDING_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- with .Values.publicUrl }}
- name: ONBOARDING_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.runbookBaseUrl }}
- name: ONBOARDING_EVENTS_RUNBOOK_BASE_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.verification }}
- name: ONBOARDING_VERIFICATION_INTERVAL
  value: {{ .interval | quote }}
- name: ONBOARDING_VERIFICATION_FRESHNESS
  value: {{ .freshness | quote }}
- name: ONBOARDING_VERIFICATION_MAX_CONCURRENT
  value: {{ .maxConcurrent | quote }}
- name: ONBOARDING_VERIFICATION_REVOCATION_CONFIRMATION
  value: {{ .revocationConfirmation | quote }}
- name: ONBOARDING_VERIFICATION_PROPAGATION
  value: {{ .propagation | quote }}
- name: ONBOARDING_VERIFICATION_CREDENTIAL_PROPAGATION
  value: {{ .credentialPropagation | quote }}
- name: ONBOARDING_VERIFICATION_STALL_AFTER
  value: {{ .stallAfter | quote }}
- name: ONBOARDING_VERIFICATION_DEFINITIONS
  value: {{ .definitions | quote }}
- name: ONBOARDING_VERIFICATION_CONNECT_TIMEOUT
  value: {{ .connectTimeout | quote }}
- name: ONBOARDING_VERIFICATION_REQUEST_TIMEOUT
  value: {{ .requestTimeout | quote }}
{{- end }}
{{- with .Values.network }}
{{- with .allowedRanges }}
- name: ONBOARDING_NETWORK_ALLOWED_RANGES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .deniedRanges }}
- name: ONBOARDING_NETWORK_DENIED_RANGES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .namespaceRanges }}
{{- $ranges := list }}
{{- range . }}
{{- $namespace := .namespace }}
{{- range .ranges }}
{{- $ranges = append $ranges (printf "%s=%s" $namespace .) }}
{{- end }}
{{- end }}
- name: ONBOARDING_NETWORK_NAMESPACE_RANGES
  value: {{ join "," $ranges | quote }}
{{- end }}
- name: ONBOARDING_NETWORK_WEBSOCKET_HOLD
  value: {{ .websocketHold | quote }}
- name: ONBOARDING_NETWORK_CONFIRMATION
  value: {{ .confirmation | quote }}
- name: ONBOARDING_NETWORK_MAX_CONCURRENT
  value: {{ .maxConcurrent | quote }}
{{- end }}
- name: ONBOARDING_CLAIMS_ENABLED
  value: {{ .Values.claims.enabled | quote }}
{{- range $name, $cloud := .Values.clouds }}
{{- if and $cloud $cloud.loginUrl }}
- name: ONBOARDING_CLOUDS_{{ upper $name }}_LOGIN_URL
  value: {{ $cloud.loginUrl | quote }}
- name: ONBOARDING_CLOUDS_{{ upper $name }}_GRAPH_URL
  value: {{ $cloud.graphUrl | quote }}
{{- end }}
{{- end }}
{{- with .Values.proxy.url }}
- name: ONBOARDING_PROXY_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.proxy.credentialsSecret }}
{{- if .name }}
- name: ONBOARDING_PROXY_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .usernameKey }}
- name: ONBOARDING_PROXY_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .name }}
      key: {{ .passwordKey }}
{{- end }}
{{- end }}
{{- if .Values.caBundle.name }}
- name: ONBOARDING_TLS_CA_BUNDLE
  value: /etc/tenant-onboarding/ca/ca.crt
{{- end }}
{{- if .Values.federatedToken.enabled }}
- name: AZURE_FEDERATED_TOKEN_FILE
  value: /var/run/secrets/tenant-onboarding/federated-token
{{- end }}
- name: ONBOARDING_METRICS_PER_ONBOARDING
  value: {{ .Values.metrics.perOnboarding | quote }}
{{- with .Values.tracing }}
{{- if .endpoint }}
- name: OTEL_EXPORTER_OTLP_TRACES_ENDPOINT
  value: {{ .endpoint | quote }}
- name: OTEL_TRACES_SAMPLER_ARG
  value: {{ .sampleRatio | quote }}
{{- end }}
{{- end }}
- name: ONBOARDING_LEADER_ELECTION_ENABLED
  value: {{ .Values.leaderElection.enabled | quote }}
{{- if .Values.leaderElection.enabled }}
- name: ONBOARDING_LEADER_ELECTION_LEASE_NAME
  value: {{ include "tenant-onboarding-operator.leaseName" . }}
- name: ONBOARDING_LEADER_ELECTION_LEASE_DURATION
  value: {{ .Values.leaderElection.leaseDuration | quote }}
- name: ONBOARDING_LEADER_ELECTION_RENEW_DEADLINE
  value: {{ .Values.leaderElection.renewDeadline | quote }}
- name: ONBOARDING_LEADER_ELECTION_RETRY_PERIOD
  value: {{ .Values.leaderElection.retryPeriod | quote }}
{{- end }}
{{- with .Values.sharding.selector }}
- name: ONBOARDING_SHARDING_SELECTOR
  value: {{ . | quote }}
- name: ONBOARDING_SHARDING_CATALOGS
  value: {{ include "tenant-onboarding-operator.catalogs" $ | quote }}
{{- end }}
{{- with .Values.sharding.name }}
- name: ONBOARDING_SHARDING_NAME
  value: {{ . | quote }}
{{- end }}
{{- if .Values.page.enabled }}
- name: ONBOARDING_PAGE_ENABLED
  value: "true"
- name: ONBOARDING_PAGE_KEY_SECRET
  value: {{ .Values.page.keySecret.name | quote }}
{{- end }}
- name: QUARKUS_HTTP_PORT
  value: "8080"
- name: QUARKUS_MANAGEMENT_PORT
  value: "9000"
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ eq .Values.log.format "json" | quote }}
- name: QUARKUS_LOG_LEVEL
  value: {{ .Values.log.level }}
{{- range $category, $level := .Values.log.categories }}
- name: QUARKUS_LOG_CATEGORY__{{ $category | upper | replace "." "_" }}__LEVEL
  value: {{ $level }}
{{- end }}
{{- with .Values.javaOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- end }}

{{/* What the page is told; nothing of the operator's ways to Microsoft. */}}
{{- define "tenant-onboarding-operator.pageEnv" -}}
- name: ONBOARDING_MODE
  value: Page
- name: ONBOARDING_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
- name: ONBOARDING_PUBLIC_URL
  value: {{ .Values.publicUrl | quote }}
- name: ONBOARDING_PAGE_KEY_DIRECTORY
  value: /etc/tenant-onboarding/page-keys
- name: ONBOARDING_PAGE_REQUESTS_PER_LINK
  value: {{ .Values.page.rateLimits.perLink | quote }}
- name: ONBOARDING_PAGE_REQUESTS_PER_ADDRESS
  value: {{ .Values.page.rateLimits.perAddress | quote }}
- name: ONBOARDING_PAGE_MAX_STREAMS
  value: {{ .Values.page.rateLimits.streams | quote }}
- name: ONBOARDING_PAGE_MAX_STREAMS_PER_LINK
  value: {{ .Values.page.rateLimits.streamsPerLink | quote }}
- name: ONBOARDING_PAGE_MAX_STREAMS_PER_ADDRESS
  value: {{ .Values.page.rateLimits.streamsPerAddress | quote }}
{{- with .Values.page.trustedProxies }}
- name: ONBOARDING_PAGE_TRUSTED_PROXIES
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.page.vendor }}
{{- if .enabled }}
- name: ONBOARDING_PAGE_VENDOR_ENABLED
  value: "true"
- name: ONBOARDING_PAGE_VENDOR_ISSUER
  value: {{ .issuer | quote }}
- name: ONBOARDING_PAGE_VENDOR_CLIENT_ID
  value: {{ .clientId | quote }}
- name: ONBOARDING_PAGE_VENDOR_CLIENT_SECRET_FILE
  value: /etc/tenant-onboarding/openid/client-secret
{{- with .scopes }}
- name: ONBOARDING_PAGE_VENDOR_SCOPES
  value: {{ join "," . | quote }}
{{- end }}
- name: ONBOARDING_PAGE_VENDOR_GROUPS_CLAIM
  value: {{ .groupsClaim | quote }}
- name: ONBOARDING_PAGE_VENDOR_GROUPS
  value: {{ .groups | toJson | quote }}
{{- with .contact }}
- name: ONBOARDING_PAGE_VENDOR_CONTACT
  value: {{ . | quote }}
{{- end }}
{{- if $.Values.caBundle.name }}
- name: ONBOARDING_TLS_CA_BUNDLE
  value: /etc/tenant-onboarding/ca/ca.crt
{{- end }}
{{- end }}
{{- end }}
- name: QUARKUS_HTTP_PORT
  value: "8080"
- name: QUARKUS_MANAGEMENT_PORT
  value: "9000"
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ eq .Values.log.format "json" | quote }}
- name: QUARKUS_LOG_LEVEL
  value: {{ .Values.log.level }}
{{- with .Values.javaOptions }}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- end }}
