/** Which endpoints of an onboarding are probed, when, and what becomes of it: rounds of probes beside the checks. */
package dev.tenantops.onboarding.operator.endpoints;
