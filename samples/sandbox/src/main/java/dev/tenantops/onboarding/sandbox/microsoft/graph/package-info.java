/** The reads of Graph v1.0 that show what a tenant granted, with batches, pages, filters and delta queries. */
package dev.tenantops.onboarding.sandbox.microsoft.graph;
