/** A certificate authority that lives in memory. */
package dev.tenantops.onboarding.sandbox.tls;
