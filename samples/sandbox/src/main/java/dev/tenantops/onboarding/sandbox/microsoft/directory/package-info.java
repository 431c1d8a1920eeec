/** What is true of the tenants: who registered which applications, and what was granted to them. */
package dev.tenantops.onboarding.sandbox.microsoft.directory;
