/** Replicas and shards of the operator of which some end, and what the others make of it. */
package dev.tenantops.onboarding.sandbox.replicas;
