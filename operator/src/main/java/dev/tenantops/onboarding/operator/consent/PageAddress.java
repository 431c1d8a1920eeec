package dev.tenantops.onboarding.operator.consent;

import java.util.Optional;

/**
 * Where the administrator's page of an onboarding is.
 *
 * @param url what its status says once it is written; empty where there is no page
 * @param previousStands whether what the status says so far is good as well, so that it is no reason to write
 */
public record PageAddress(Optional<String> url, boolean previousStands) {

    /** No page. */
    public static final PageAddress NONE = new PageAddress(Optional.empty(), false);
}
