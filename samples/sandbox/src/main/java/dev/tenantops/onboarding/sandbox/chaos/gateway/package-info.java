/** What stands between the operator and the rest: a gateway to the API server, and one to the simulated cloud. */
package dev.tenantops.onboarding.sandbox.chaos.gateway;
