/** {@code /control}: the directory's changes and faults over HTTP. */
package dev.tenantops.onboarding.sandbox.microsoft.control;
