/** A real etcd, kube-apiserver and kubectl as processes of this machine. */
package dev.tenantops.onboarding.sandbox.kubernetes;
