/** The way of every sample from nothing to Ready and through what goes wrong, without a person. */
package dev.tenantops.onboarding.sandbox.smoke;
