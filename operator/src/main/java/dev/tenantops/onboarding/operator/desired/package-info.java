/** What a tenant needs: spec and catalogs in, applications and permissions out. Pure. */
package dev.tenantops.onboarding.operator.desired;
