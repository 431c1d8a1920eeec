/**
 * Reads tenants through Entra ID and Microsoft Graph. The only place that knows msal4j, the Graph SDK and OkHttp; what
 * leaves it are the values of {@link dev.tenantops.onboarding.operator.observe}.
 */
package dev.tenantops.onboarding.operator.entra;
