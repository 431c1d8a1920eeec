/** The ids of tenants, applications and objects, how they derive from names, and the well-known ones. */
package dev.tenantops.onboarding.sandbox.microsoft.id;
