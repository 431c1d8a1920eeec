/** What every request passes: it is counted by its kind, throttled, and made to fail. */
package dev.tenantops.onboarding.sandbox.microsoft.traffic;
