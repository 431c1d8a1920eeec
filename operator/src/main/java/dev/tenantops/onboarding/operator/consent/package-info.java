/** Where a consent is granted, and by whom. Pure. */
package dev.tenantops.onboarding.operator.consent;
