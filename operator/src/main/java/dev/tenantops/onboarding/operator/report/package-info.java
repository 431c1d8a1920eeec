/** Tells people what changed: Events and log lines, one for each transition. */
package dev.tenantops.onboarding.operator.report;
