/**
 * The Kubernetes API {@code onboarding.tenantops.dev/v1alpha1}: immutable values, so that equality tells whether
 * anything is to be written. The custom resource definitions are generated from these types.
 */
package dev.tenantops.onboarding.api;
