/** The operator's configuration, and where its parts are put together. */
package dev.tenantops.onboarding.operator.config;
