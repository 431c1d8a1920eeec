/** What goes wrong, each kind with its end: in the cluster, in its objects, with the replicas, on the way to the cloud. */
package dev.tenantops.onboarding.sandbox.chaos.fault;
