/** Which replica leads: the Lease, and what a shard says on it. */
package dev.tenantops.onboarding.operator.leaderelection;
