package dev.tenantops.onboarding.operator.verdict;

import java.util.Set;

/** What has to be read again of a tenant before anything is said of a catalog's applications. */
public sealed interface Reread {

    /** What was read is enough. */
    record Nothing() implements Reread {}

    /** All of it, with what the resource APIs define: what was remembered of that may be out of date. */
    record Definitions() implements Reread {}

    /** These, which the reading takes back, by client id. */
    record Applications(Set<String> clientIds) implements Reread {
        public Applications {
            clientIds = Set.copyOf(clientIds);
        }
    }
}
