package dev.tenantops.onboarding.operator.network;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The end of one probe. A read timeout starts anew with each byte, so a peer that drips could hold a probe for hours;
 * a watchdog therefore closes the socket in use when time is up.
 */
final class Deadline implements AutoCloseable {

    private final AtomicReference<Socket> guarded = new AtomicReference<>();
    private final Thread watchdog;
    private volatile long end;
    private volatile boolean expired;

    Deadline(Duration total) {
        end = System.nanoTime() + total.toNanos();
        watchdog = Thread.ofVirtual().name("probe-deadline").start(this::expire);
    }

    /** Moves the end away. */
    void extend(Duration by) {
        end += by.toNanos();
    }

    /** Closes this socket, the one that all other streams run over, at the deadline or with the probe. */
    void guard(Socket socket) {
        closeQuietly(guarded.getAndSet(socket));
        if (expired) {
            closeQuietly(socket);
        }
    }

    Duration remaining() {
        return Duration.ofMillis(remainingMillis());
    }

    /** The time left as a socket timeout; at least 1 ms, since 0 would mean forever. */
    int remainingMillis() {
        return Math.clamp((end - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    int remainingMillis(Duration atMost) {
        return Math.clamp(atMost.toMillis(), 1, remainingMillis());
    }

    /** True if an exchange ended for want of time, whichever of the two clocks noticed first. */
    boolean caused(IOException exception) {
        return expired || exception instanceof SocketTimeoutException;
    }

    @Override
    public void close() {
        watchdog.interrupt();
        closeQuietly(guarded.getAndSet(null));
    }

    private void expire() {
        try {
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException _) {
            return;
        }
        expired = true;
        closeQuietly(guarded.get());
    }

    private static void closeQuietly(Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException _) {
                // The connection is given up either way.
            }
        }
    }
}
