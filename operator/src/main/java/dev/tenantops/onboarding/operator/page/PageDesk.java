package dev.tenantops.onboarding.operator.page;

import java.util.Optional;

/** Whether this process shows pages, and with what. */
public record PageDesk(Optional<Open> open) {

    /** A process that shows none. */
    public static final PageDesk CLOSED = new PageDesk(Optional.empty());

    /** What a process has that shows pages. */
    public record Open(AdministratorPages pages, PageStreams streams, PageLimits limits, ClientAddress addresses) {}
}
