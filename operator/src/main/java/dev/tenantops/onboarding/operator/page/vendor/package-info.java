/**
 * The overview for the vendor's own people: which onboardings somebody may see, what each waits for and for whom. Pure, and
 * read-only.
 */
package dev.tenantops.onboarding.operator.page.vendor;
