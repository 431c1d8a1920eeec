/** Verdicts, the previous status and the time in; the new status out. Pure. */
package dev.tenantops.onboarding.operator.status;
