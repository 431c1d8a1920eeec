/**
 * What the administrator's page shows, as a pure function of an onboarding, its catalogs and the clock. It has no markup and
 * no sentences: those are the templates' and the messages', in each language.
 */
package dev.tenantops.onboarding.operator.page.view;
