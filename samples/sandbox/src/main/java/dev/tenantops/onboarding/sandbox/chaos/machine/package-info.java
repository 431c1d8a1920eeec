/** The machines of a run: the replicas of the operator with their kubelet, and an API server that can be killed. */
package dev.tenantops.onboarding.sandbox.chaos.machine;
