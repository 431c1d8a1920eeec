package dev.tenantops.onboarding.operator.leaderelection;

/**
 * This instance of the operator.
 *
 * @param namespace the operator's own
 * @param name what tells it from other instances: its pod's name
 */
public record Replica(String namespace, String name) {}
