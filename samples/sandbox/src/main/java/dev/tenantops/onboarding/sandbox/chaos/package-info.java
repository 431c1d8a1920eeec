/**
 * The operator under faults that come at random: two replicas behind a gateway to the API server and one to the simulated
 * cloud, truth that changes meanwhile, and a checker that knows it.
 */
package dev.tenantops.onboarding.sandbox.chaos;
