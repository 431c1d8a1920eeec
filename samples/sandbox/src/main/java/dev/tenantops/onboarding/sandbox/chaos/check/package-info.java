/** Holds all that is published to the truth, and to what the operator was allowed. */
package dev.tenantops.onboarding.sandbox.chaos.check;
