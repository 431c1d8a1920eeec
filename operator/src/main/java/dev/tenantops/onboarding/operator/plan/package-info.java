/** What a change of catalogs would mean for each customer, told before it is made: pure, by the code that judges. */
package dev.tenantops.onboarding.operator.plan;
