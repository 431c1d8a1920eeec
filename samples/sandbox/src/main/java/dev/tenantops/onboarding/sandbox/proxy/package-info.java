/** A customer's forward proxy, as it ought to be and as it is found. */
package dev.tenantops.onboarding.sandbox.proxy;
