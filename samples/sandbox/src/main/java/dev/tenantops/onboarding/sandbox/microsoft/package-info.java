/**
 * Microsoft Entra ID and Microsoft Graph, as far as consent to applications and its verification go, on one machine:
 * the token endpoint for client credentials, both admin consent pages, the reads of Graph v1.0 that show what a tenant
 * granted, and a control API. It is written from Microsoft's documentation and shares no code with the operator.
 *
 * <p>Three things make it differ from a mock. It has state: a consent on its page changes what Graph answers. It has
 * the service's traps: grants to single users, roles and scopes of one name, tokens that outlive their permissions,
 * pages, lagging replicas, answers of a batch in any order. And it fails on demand, in the shapes of the real service.
 *
 * <p>It does not enforce Graph's quotas, and it has no users, groups, sign-in or writes through Graph.
 */
package dev.tenantops.onboarding.sandbox.microsoft;
