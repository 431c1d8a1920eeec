package dev.tenantops.onboarding.sandbox.process;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed at the end, in the reverse order of opening. Thread-safe; closing twice does nothing more. */
public final class OpenResources implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /** Closes everything when the process ends, whether by itself or by Ctrl-C, also in the middle of opening. */
    public static OpenResources closedAtExit() {
        OpenResources resources = new OpenResources();
        Runtime.getRuntime().addShutdownHook(new Thread(resources::close, "close"));
        return resources;
    }

    /** Remembers a resource, and returns it. */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        if (closed) {
            closeAll();
            throw new IllegalStateException("The process is ending");
        }
        return resource;
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeAll();
    }

    private void closeAll() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("While cleaning up: " + e);
            }
        }
    }
}
