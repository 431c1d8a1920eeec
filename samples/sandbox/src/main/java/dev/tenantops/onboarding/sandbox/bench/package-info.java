/** Measures the packaged operator from outside, as the chart runs it, beside what the same work costs at least. */
package dev.tenantops.onboarding.sandbox.bench;
