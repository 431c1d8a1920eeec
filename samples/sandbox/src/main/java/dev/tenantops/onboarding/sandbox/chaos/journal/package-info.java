/** What happens when in a run, and when nothing could be expected of the operator. */
package dev.tenantops.onboarding.sandbox.chaos.journal;
