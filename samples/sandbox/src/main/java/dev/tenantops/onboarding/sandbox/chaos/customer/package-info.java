/** The customers, and what is true of their tenants. */
package dev.tenantops.onboarding.sandbox.chaos.customer;
