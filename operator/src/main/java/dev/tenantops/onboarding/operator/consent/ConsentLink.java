package dev.tenantops.onboarding.operator.consent;

import java.net.URI;

/**
 * Where a person does what is missing.
 *
 * @param url the page
 * @param grantableBy the directory roles that can do it
 */
public record ConsentLink(URI url, String grantableBy) {}
