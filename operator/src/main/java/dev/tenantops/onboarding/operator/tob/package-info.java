/** The command line {@code kubectl tob}: what a person asks of a cluster, with that person's rights and without the operator. */
package dev.tenantops.onboarding.operator.tob;
