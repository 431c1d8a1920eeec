/**
 * Everything that the operator talks to, on one machine: {@link dev.tenantops.onboarding.sandbox.Sandbox} starts it, and
 * {@link dev.tenantops.onboarding.sandbox.Samples} are there to be put into it. README.md beside the module tells what
 * simulates what.
 */
package dev.tenantops.onboarding.sandbox;
