package dev.tenantops.onboarding.sandbox;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the programs of the sandbox have in common towards a terminal. */
public final class Terminal {

    /** Held here, since the log manager forgets the levels of loggers that nobody refers to. */
    private static final List<Logger> QUIETED = List.of(
            Logger.getLogger(""),
            Logger.getLogger("io.netty"),
            Logger.getLogger("org.littleshoot.proxy"),
            Logger.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils"));

    /** What it calls an error is what the gateways do on purpose. */
    private static final Logger CUT_OFF = Logger.getLogger("io.vertx");

    private Terminal() {}

    /** Keeps the libraries' progress reports off the terminal. */
    public static void quiet() {
        QUIETED.forEach(it -> it.setLevel(it.getName().isEmpty() ? Level.WARNING : Level.SEVERE));
        CUT_OFF.setLevel(Level.OFF);
    }
}
