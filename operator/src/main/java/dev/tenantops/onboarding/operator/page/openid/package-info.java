/**
 * How the vendor's own people sign in: OpenID Connect, the authorization code flow with PKCE and a nonce. The only place that
 * knows the library. Without settings nothing of it starts, and no provider is asked for anything.
 */
package dev.tenantops.onboarding.operator.page.openid;
