/** What an observation proves about what is desired. Pure. */
package dev.tenantops.onboarding.operator.verdict;
