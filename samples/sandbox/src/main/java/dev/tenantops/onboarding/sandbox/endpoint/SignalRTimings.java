package dev.tenantops.onboarding.sandbox.endpoint;

import java.time.Duration;

/**
 * When a SignalR server speaks by itself. Both are positive.
 *
 * @param keepAlive how long after the last message a connected client gets a ping message
 * @param handshakeTimeout how long a client may hold a WebSocket without having sent the SignalR handshake
 */
public record SignalRTimings(Duration keepAlive, Duration handshakeTimeout) {

    /** What {@code HubOptions.KeepAliveInterval} and {@code HubOptions.HandshakeTimeout} of ASP.NET Core are at first. */
    public static final SignalRTimings DEFAULT = new SignalRTimings(Duration.ofSeconds(15), Duration.ofSeconds(15));

    public SignalRTimings {
        requirePositive("keepAlive", keepAlive);
        requirePositive("handshakeTimeout", handshakeTimeout);
    }

    public SignalRTimings keepAlive(Duration interval) {
        return new SignalRTimings(interval, handshakeTimeout);
    }

    public SignalRTimings handshakeTimeout(Duration timeout) {
        return new SignalRTimings(keepAlive, timeout);
    }

    static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + duration);
        }
    }
}
