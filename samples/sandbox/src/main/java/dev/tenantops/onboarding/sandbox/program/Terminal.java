package dev.tenantops.onboarding.sandbox.program;

import dev.tenantops.onboarding.sandbox.process.OpenResources;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
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

    /**
     * Runs a program whose exit code says whether anything failed.
     *
     * @param failures runs it, and returns how many there were
     */
    public static void run(IntSupplier failures) {
        quiet();
        int failed = failures.getAsInt();
        System.exit(failed == 0 ? 0 : 1);
    }

    /**
     * Starts something for a person to try, and keeps it until Ctrl-C. What it cannot be started for is said in a sentence, and
     * ends the process with exit code 1.
     */
    public static void untilInterrupted(Consumer<OpenResources> start) throws InterruptedException {
        quiet();
        OpenResources resources = OpenResources.closedAtExit();
        try {
            start.accept(resources);
            Thread.currentThread().join();
        } catch (RuntimeException e) {
            // What is closed in the middle of the start fails, which nobody needs to read.
            if (resources.isClosed()) {
                return;
            }
            resources.close();
            if (!(e instanceof IllegalStateException)) {
                throw e;
            }
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** Keeps the libraries' progress reports off the terminal. */
    private static void quiet() {
        QUIETED.forEach(it -> it.setLevel(it.getName().isEmpty() ? Level.WARNING : Level.SEVERE));
        CUT_OFF.setLevel(Level.OFF);
    }
}
