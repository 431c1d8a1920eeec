package dev.tenantops.onboarding.sandbox.endpoint;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** What an endpoint, or a middlebox that poses as it, does with a connection. */
public sealed interface EndpointBehaviour {

    /** Serves HTTP, negotiates, and speaks SignalR over WebSockets. */
    record Serve() implements EndpointBehaviour {}

    /** Answers every request with 200, a WebSocket upgrade too, as if a proxy had swallowed its {@code Upgrade} header. */
    record SwallowUpgrade() implements EndpointBehaviour {}

    /** Accepts upgrades with a {@code Sec-WebSocket-Accept} that does not belong to the client's key. */
    record WrongAccept() implements EndpointBehaviour {}

    /** Accepts upgrades and never sends anything afterwards: no pong, no message, no answer to a close frame. */
    record SilentAfterUpgrade() implements EndpointBehaviour {}

    /**
     * Accepts upgrades and sends a close frame at once.
     *
     * @param code such as 1008 for a violated policy, of https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1
     * @param reason at most 123 bytes of UTF-8
     */
    record CloseAfterUpgrade(int code, String reason) implements EndpointBehaviour {}

    /** How a TCP connection is cut, always without a WebSocket close frame or a TLS alert. */
    enum Cut {
        /** With FIN, which many TLS clients take for an ordinary end. */
        FIN,
        /** With RST, as firewalls and load balancers forget a connection. */
        RESET
    }

    /** Serves, but cuts a WebSocket's TCP connection this long after the upgrade. */
    record DropAfter(Duration open, Cut cut) implements EndpointBehaviour {
        public DropAfter {
            SignalRTimings.requirePositive("open", open);
        }
    }

    /** Serves, but cuts a TCP connection on which nothing was sent or received for this long. */
    record DropWhenIdle(Duration idle, Cut cut) implements EndpointBehaviour {
        public DropWhenIdle {
            SignalRTimings.requirePositive("idle", idle);
        }
    }

    /**
     * Answers every request, upgrades included, with this status.
     *
     * @param headers of the answer, beside its length
     */
    record Answer(int status, Map<String, String> headers) implements EndpointBehaviour {
        public Answer {
            headers = Map.copyOf(headers);
        }

        public Answer(int status) {
            this(status, Map.of());
        }

        /** 302 to somewhere else, as a captive portal answers. */
        public static Answer redirectTo(URI location) {
            return new Answer(302, Map.of("Location", location.toString()));
        }
    }

    /** Reads requests and never answers. */
    record NeverAnswer() implements EndpointBehaviour {}

    /** Closes the connection instead of answering. */
    record HangUp() implements EndpointBehaviour {}

    /**
     * Answers with a head that does not end before the client leaves.
     *
     * @param lineBytes how long each of its header lines is, about; {@code Integer.MAX_VALUE} for a single one
     */
    record EndlessHead(int lineBytes) implements EndpointBehaviour {
        public EndlessHead {
            if (lineBytes < 1) {
                throw new IllegalArgumentException("lineBytes must be positive, but is " + lineBytes);
            }
        }
    }
}
