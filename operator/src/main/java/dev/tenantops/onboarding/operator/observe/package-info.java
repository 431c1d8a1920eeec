/**
 * What the operator can look at: the ports, and the records that their adapters return. Expected failures are values;
 * an adapter throws only for bugs. What was not read completely is {@link
 * dev.tenantops.onboarding.operator.observe.Reading.Failed}, never empty.
 */
package dev.tenantops.onboarding.operator.observe;
