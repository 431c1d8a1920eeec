package dev.tenantops.onboarding.api;

import java.util.List;

/** A status that speaks through conditions. */
public interface ConditionedStatus {

    /** The generation of the spec that the status speaks of; -1 before the first visit. */
    long observedGeneration();

    /** At most one of each type. */
    List<Condition> conditions();
}
