/** What the operator watches in the cluster and keeps of it, and how it reaches the API server. */
package dev.tenantops.onboarding.operator.cluster;
