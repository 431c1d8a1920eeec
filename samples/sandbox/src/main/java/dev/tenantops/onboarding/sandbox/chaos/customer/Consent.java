package dev.tenantops.onboarding.sandbox.chaos.customer;

import java.util.Set;

/** What is true of one application in one tenant, and what the status may call it once it has had the time. */
public enum Consent {
    NEVER(Set.of("ConsentRequired")),
    GRANTED(Set.of("Granted")),
    /** All permissions but one, after all were granted. */
    PARTLY(Set.of("PermissionsMissing", "NotRequestedByApplication", "ConsentRevoked")),
    REVOKED(Set.of("ConsentRevoked", "ConsentRequired", "PermissionsMissing", "ReconsentRequired")),
    DISABLED(Set.of("ApplicationDisabled")),
    DELETED(Set.of("ApplicationDeleted", "ConsentRequired"));

    private final Set<String> states;

    Consent(Set<String> states) {
        this.states = states;
    }

    /** @param seenGranted whether a status has called it granted before: what was, is not asked for as if it were new */
    public boolean allows(String state, boolean seenGranted) {
        return states.contains(state) && !(this == REVOKED && seenGranted && state.equals("ConsentRequired"));
    }
}
