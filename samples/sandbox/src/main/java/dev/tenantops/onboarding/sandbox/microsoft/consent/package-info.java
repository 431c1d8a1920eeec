/** Both admin consent endpoints and their pages. */
package dev.tenantops.onboarding.sandbox.microsoft.consent;
