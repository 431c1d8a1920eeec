package dev.tenantops.onboarding.operator.tls;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** How long a read of a socket waits for a byte, where an HTTP client has no setting for it. */
public final class ReadLimit {

    private ReadLimit() {}

    /** @param limit in whole milliseconds; zero for none */
    public static void set(Socket socket, Duration limit) throws SocketException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    /**
     * Lifts the limit. A TLS socket of the JDK that has one waits as long for its peer's goodbye when it is closed, and one
     * without does not wait.
     */
    public static void lift(Socket socket) {
        try {
            set(socket, Duration.ZERO);
        } catch (SocketException _) {
            // It is closed already.
        }
    }
}
