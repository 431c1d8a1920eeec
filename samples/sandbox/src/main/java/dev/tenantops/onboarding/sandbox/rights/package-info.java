/** What the operator cannot do without each of the rights that the chart gives it. */
package dev.tenantops.onboarding.sandbox.rights;
