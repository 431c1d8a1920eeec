package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Failure;
import java.net.URI;
import java.time.Duration;

/**
 * Learns of every request to Entra ID and Microsoft Graph, and of how they are. Called on the thread that made the
 * request.
 */
@FunctionalInterface
public interface RequestListener {

    /** Listens to nothing. */
    RequestListener NONE = (kind, outcome, duration) -> {};

    /**
     * A request ended.
     *
     * @param duration from the first byte sent to the answer being read
     */
    void requested(Kind kind, Outcome outcome, Duration duration);

    /**
     * A service was used for the first time, stopped answering, or answers again.
     *
     * @param open whether it gives no answer to any tenant, and is left alone for that
     */
    default void circuit(Service service, URI at, boolean open) {}

    /** Tells another, too. */
    default RequestListener and(RequestListener other) {
        var first = this;
        return new RequestListener() {
            @Override
            public void requested(Kind kind, Outcome outcome, Duration duration) {
                first.requested(kind, outcome, duration);
                other.requested(kind, outcome, duration);
            }

            @Override
            public void circuit(Service service, URI at, boolean open) {
                first.circuit(service, at, open);
                other.circuit(service, at, open);
            }
        };
    }

    /** Who is asked. */
    enum Service {
        /** Entra ID's login service. */
        Login("Entra ID"),
        /** Microsoft Graph. */
        Graph("Microsoft Graph");

        private final String title;

        Service(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** What was asked. */
    enum Kind {
        /** An access token of Entra ID. */
        Token,
        /** Which cloud a tenant lives in, once a sign-in failed because it is not in the catalog's. */
        CloudLookup,
        /** Up to twenty Graph reads in one request. */
        Batch,
        /** A further page of a collection. */
        Page
    }

    /** What came of it. */
    enum Outcome {
        /** Answered; some reads of a batch may have failed. */
        Succeeded,
        /** Asked to slow down, in whole or for a read of the batch. */
        Throttled,
        /** Refused for a reason that waiting does not mend. */
        Denied,
        /** Not reached, or answered with something that proves nothing. */
        Failed;

        static Outcome of(Failure.Reason reason) {
            if (reason == Failure.Reason.Throttled) {
                return Throttled;
            }
            return reason.definite() ? Denied : Failed;
        }
    }
}
