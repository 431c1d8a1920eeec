/**
 * Carries out what the pipeline decided, and owes it to nobody's good behaviour: the only writer of statuses and Events,
 * the keeper that ends what nobody renews, and the schedule that no failure can lose.
 */
package dev.tenantops.onboarding.operator.delivery;
