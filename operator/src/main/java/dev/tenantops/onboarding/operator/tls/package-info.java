/** Whom the operator trusts when it speaks TLS, to Microsoft, to proxies and to the endpoints that it probes. */
package dev.tenantops.onboarding.operator.tls;
