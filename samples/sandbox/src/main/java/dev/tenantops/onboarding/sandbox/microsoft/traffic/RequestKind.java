package dev.tenantops.onboarding.sandbox.microsoft.traffic;

/** What a request to the simulator asks for; counters and faults go by it. */
public enum RequestKind {
    /** A token for an application. */
    TOKEN,
    /** Instance discovery and OpenID configuration. */
    DISCOVERY,
    /** The admin consent pages. */
    CONSENT,
    /** A Graph read. In a fault it also stands for the same read inside a batch; counters count it apart. */
    GRAPH,
    /** A whole {@code $batch} request. */
    BATCH,
    /** One request inside a {@code $batch}. */
    BATCH_ITEM,
    /** The simulator's own API under {@code /control}. */
    CONTROL,
    /** Anything else, answered with 404. */
    OTHER
}
