/** Which onboardings are whose, where several releases of the operator share them by their labels. */
package dev.tenantops.onboarding.operator.sharding;
