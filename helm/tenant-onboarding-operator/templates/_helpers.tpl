{{/* The chart's name, as in labels. */}}
{{- define "tenant-onboarding-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The name of the objects: the release's, with the chart's where it does not contain it. */}}
{{- define "tenant-onboarding-operator.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "tenant-onboarding-operator.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "tenant-onboarding-operator.labels" -}}
helm.sh/chart: {{ include "tenant-onboarding-operator.chart" . }}
{{ include "tenant-onboarding-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "tenant-onboarding-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "tenant-onboarding-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Others than those of the operator's pods, so that the Service does not take the test for one. */}}
{{- define "tenant-onboarding-operator.testLabels" -}}
app.kubernetes.io/name: {{ include "tenant-onboarding-operator.name" . | trunc 58 | trimSuffix "-" }}-test
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Others than those of the operator's pods, so that neither takes the other's requests. */}}
{{- define "tenant-onboarding-operator.pageSelectorLabels" -}}
app.kubernetes.io/name: {{ include "tenant-onboarding-operator.name" . | trunc 58 | trimSuffix "-" }}-page
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "tenant-onboarding-operator.pageLabels" -}}
helm.sh/chart: {{ include "tenant-onboarding-operator.chart" . }}
{{ include "tenant-onboarding-operator.pageSelectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "tenant-onboarding-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "tenant-onboarding-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "tenant-onboarding-operator.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* Whether this release has the catalogs, as the operator decides it: true or false. */}}
{{- define "tenant-onboarding-operator.catalogs" -}}
{{- if kindIs "bool" .Values.sharding.catalogs }}
{{- .Values.sharding.catalogs }}
{{- else }}
{{- empty .Values.sharding.selector }}
{{- end }}
{{- end }}

{{- define "tenant-onboarding-operator.leaseName" -}}
{{- default (include "tenant-onboarding-operator.fullname" .) .Values.leaderElection.leaseName }}
{{- end }}

{{/* Whether this release runs the page, true or false: of several that share the onboardings the one with the catalogs. */}}
{{- define "tenant-onboarding-operator.runsPage" -}}
{{- and .Values.page.enabled (eq (include "tenant-onboarding-operator.catalogs" .) "true") }}
{{- end }}

{{/* What is the page's own. */}}
{{- define "tenant-onboarding-operator.pageName" -}}
{{- printf "%s-page" (include "tenant-onboarding-operator.fullname" . | trunc 58 | trimSuffix "-") }}
{{- end }}

{{/* The policy that holds the page to its annotations. Names of policies are in the cluster. */}}
{{- define "tenant-onboarding-operator.pagePolicyName" -}}
{{- printf "%s-annotations" (include "tenant-onboarding-operator.pageName" .) }}
{{- end }}

{{- define "tenant-onboarding-operator.pageServiceAccountName" -}}
{{- if .Values.page.serviceAccount.create }}
{{- default (include "tenant-onboarding-operator.pageName" .) .Values.page.serviceAccount.name }}
{{- else }}
{{- .Values.page.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* The Service that browsers are led to. */}}
{{- define "tenant-onboarding-operator.publicServiceName" -}}
{{- if eq (include "tenant-onboarding-operator.runsPage" .) "true" }}
{{- include "tenant-onboarding-operator.pageName" . }}
{{- else }}
{{- include "tenant-onboarding-operator.fullname" . }}
{{- end }}
{{- end }}

{{/* The paths that browsers are led to, as a list. */}}
{{- define "tenant-onboarding-operator.publicPaths" -}}
{{- $paths := list "/consent" }}
{{- if eq (include "tenant-onboarding-operator.runsPage" .) "true" }}
{{- $paths = concat $paths (list "/onboarding" "/assets") }}
{{- if .Values.page.vendor.enabled }}
{{- $paths = append $paths "/onboardings" }}
{{- end }}
{{- end }}
{{- toYaml $paths }}
{{- end }}

{{/* The Service of health and metrics. */}}
{{- define "tenant-onboarding-operator.managementName" -}}
{{- printf "%s-management" (include "tenant-onboarding-operator.fullname" . | trunc 52 | trimSuffix "-") }}
{{- end }}

{{- define "tenant-onboarding-operator.pageManagementName" -}}
{{- printf "%s-page-management" (include "tenant-onboarding-operator.fullname" . | trunc 47 | trimSuffix "-") }}
{{- end }}

{{/* The policy that binds tenants to namespaces. Names of policies are in the cluster. */}}
{{- define "tenant-onboarding-operator.tenantPolicyName" -}}
{{- printf "%s-tenants" (include "tenant-onboarding-operator.fullname" .) }}
{{- end }}

{{/* The host of publicUrl, for what leads browsers to the operator. */}}
{{- define "tenant-onboarding-operator.publicHost" -}}
{{- (urlParse .Values.publicUrl).hostname }}
{{- end }}

{{/* The port of page.vendor.issuer, which is always https. */}}
{{- define "tenant-onboarding-operator.issuerPort" -}}
{{- $authority := (urlParse .Values.page.vendor.issuer).host }}
{{- default "443" (trimPrefix ":" (regexFind ":[0-9]+$" $authority)) }}
{{- end }}

{{/* What a NetworkPolicy calls public: all addresses but private and special ones, and what is denied. */}}
{{- define "tenant-onboarding-operator.publicBlocks" -}}
{{- $except4 := list "10.0.0.0/8" "100.64.0.0/10" "127.0.0.0/8" "168.63.129.16/32" "169.254.0.0/16" "172.16.0.0/12" "192.168.0.0/16" }}
{{- $except6 := list "fc00::/7" "fe80::/10" }}
{{- range .Values.network.deniedRanges }}
{{- if contains ":" . }}
{{- $except6 = append $except6 . }}
{{- else }}
{{- $except4 = append $except4 . }}
{{- end }}
{{- end -}}
- ipBlock:
    cidr: 0.0.0.0/0
    except: [{{ uniq $except4 | join ", " }}]
- ipBlock:
    cidr: ::/0
    except: [{{ range $index, $range := uniq $except6 }}{{ if $index }}, {{ end }}{{ $range | quote }}{{ end }}]
{{- end }}

{{/* The port of proxy.url. */}}
{{- define "tenant-onboarding-operator.proxyPort" -}}
{{- regexFind "[0-9]+$" .Values.proxy.url }}
{{- end }}

{{/* One way of relabeling for both kinds of monitors, so that the alerts know their job. Takes a monitor's values, and job. */}}
{{- define "tenant-onboarding-operator.scrape" -}}
port: management
path: /q/metrics
# Of an onboarding's series the namespace is that of the onboarding.
honorLabels: true
{{- with .interval }}
interval: {{ . }}
{{- end }}
relabelings:
  - targetLabel: job
    replacement: {{ .job }}
  {{- with .relabelings }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .metricRelabelings }}
metricRelabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* What no schema can say: values that contradict each other. */}}
{{- define "tenant-onboarding-operator.validate" -}}
{{- if and (gt (int .Values.replicaCount) 1) (not .Values.leaderElection.enabled) }}
{{- fail "replicaCount is more than 1 and leaderElection.enabled is false: every pod would verify every tenant. Set leaderElection.enabled to true, or replicaCount to 1." }}
{{- end }}
{{- if and .Values.sharding.selector (not .Values.leaderElection.enabled) }}
{{- fail "sharding.selector is set and leaderElection.enabled is false: a shard says on its Lease which onboardings are its own. Set leaderElection.enabled to true." }}
{{- end }}
{{- if and (not .Values.sharding.selector) (eq (include "tenant-onboarding-operator.catalogs" .) "false") }}
{{- fail "sharding.catalogs is false and sharding.selector is empty: what verifies all onboardings has the catalogs. Set sharding.selector, or leave out sharding.catalogs." }}
{{- end }}
{{- if or .Values.ingress.enabled .Values.httpRoute.enabled }}
{{- if eq (include "tenant-onboarding-operator.catalogs" .) "false" }}
{{- fail "ingress.enabled or httpRoute.enabled is true for a release that has not the catalogs: it knows its own onboardings only, and a browser may return for any. Enable them for the release with sharding.catalogs=true." }}
{{- end }}
{{- if not .Values.publicUrl }}
{{- fail "publicUrl is empty: an Ingress or an HTTPRoute needs its host. Set publicUrl, such as https://onboarding.example.com." }}
{{- end }}
{{- if (urlParse .Values.publicUrl).path }}
{{- fail "publicUrl has a path: the chart's Ingress and HTTPRoute cannot take it away from requests. Set publicUrl without a path, or bring a route of your own in extraObjects." }}
{{- end }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- fail "httpRoute.parentRefs is empty: an HTTPRoute belongs to a Gateway. Name it, such as --set httpRoute.parentRefs[0].name=public." }}
{{- end }}
{{- if .Values.page.enabled }}
{{- if not .Values.publicUrl }}
{{- fail "page.enabled is true and publicUrl is empty: links to the page need its address. Set publicUrl, such as https://onboarding.example.com." }}
{{- end }}
{{- if and (not .Values.page.serviceAccount.create) (not .Values.page.serviceAccount.name) }}
{{- fail "page.serviceAccount.create is false and page.serviceAccount.name is empty: the page needs an account of its own, since the operator's may read Secrets. Name one." }}
{{- end }}
{{- if eq (include "tenant-onboarding-operator.pageServiceAccountName" .) (include "tenant-onboarding-operator.serviceAccountName" .) }}
{{- fail "page.serviceAccount.name is the operator's account, which may read Secrets and write statuses. Name another one." }}
{{- end }}
{{- end }}
{{- if .Values.page.vendor.enabled }}
{{- if not .Values.page.enabled }}
{{- fail "page.vendor.enabled is true and page.enabled is false: the overview for your own people is a part of the page. Set page.enabled to true." }}
{{- end }}
{{- with .Values.page.vendor }}
{{- if not (and .issuer .clientId .clientSecret.name) }}
{{- fail "page.vendor.enabled is true: sign-in needs page.vendor.issuer, page.vendor.clientId, and page.vendor.clientSecret.name with the client's secret." }}
{{- end }}
{{- if not .groups }}
{{- fail "page.vendor.groups is empty: nobody would see anything. Name groups and what they see, such as --set page.vendor.groups.onboarding-managers[0]=customer-*." }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.proxy.credentialsSecret.name (not .Values.proxy.url) }}
{{- fail "proxy.credentialsSecret.name is set and proxy.url is empty. Set proxy.url, or leave out the credentials." }}
{{- end }}
{{- range .Values.onboardingNamespaces }}
{{- if not (or .secrets .configMaps $.Values.proxyReferences.secrets $.Values.proxyReferences.configMaps) }}
{{- fail (printf "onboardingNamespaces has %s without secrets and configMaps, and proxyReferences names none for all: the operator may read what is named, and no longer every Secret of a namespace. List under secrets what this prints, and under configMaps (or secrets) what its caBundleRef names: kubectl get tob -n %s -o jsonpath='{range .items[*]}{.spec.network.proxy.credentialsRef.name}{\"\\n\"}{end}'" .namespace .namespace) }}
{{- end }}
{{- end }}
{{- range $name, $cloud := .Values.clouds }}
{{- if and $cloud (ne (empty $cloud.loginUrl) (empty $cloud.graphUrl)) }}
{{- fail (printf "clouds.%s needs both loginUrl and graphUrl, or neither." $name) }}
{{- end }}
{{- end }}
{{- if and .Values.metrics.serviceMonitor.enabled .Values.metrics.podMonitor.enabled }}
{{- fail "metrics.serviceMonitor and metrics.podMonitor are both enabled: every sample would be taken twice. Disable one of them." }}
{{- end }}
{{- if .Values.networkPolicy.enabled }}
{{- if not .Values.networkPolicy.apiServerRanges }}
{{- fail "networkPolicy.apiServerRanges is empty: the operator could not reach the API server. Set it to the addresses that this prints, each as a range such as 10.0.0.1/32: kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes -o jsonpath='{.items[*].endpoints[*].addresses[*]}'" }}
{{- end }}
{{- if and .Values.proxy.url (not .Values.networkPolicy.proxyRanges) }}
{{- fail "networkPolicy.proxyRanges is empty: the operator could not reach the proxy in proxy.url. Set it to the proxy's addresses, each as a range such as 10.0.0.1/32." }}
{{- end }}
{{- end }}
{{- range .Values.extraEnv }}
{{- if has (upper .name) (list "HTTP_PROXY" "HTTPS_PROXY" "ALL_PROXY" "NO_PROXY") }}
{{- fail (printf "extraEnv has %s, which the operator ignores. Set proxy.url: it leads to login and Graph, and never to the API server." .name) }}
{{- end }}
{{- end }}
{{- end }}
