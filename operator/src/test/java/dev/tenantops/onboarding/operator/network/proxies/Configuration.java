package dev.tenantops.onboarding.operator.network.proxies;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** Says in a product's own words what a proxy is to do. */
interface Configuration {

    /** Where this proxy runs: its binary, the folder for its files, and the port of 127.0.0.1 to listen on. */
    record Place(Path executable, Path folder, int port) {
        String file(String name) {
            return folder.resolve(name).toString();
        }
    }

    /** Whether the product can do all of this; {@code version} is what its binary says about itself. */
    boolean can(ProxySetup setup, Supplier<String> version);

    /** Only for what it can do. */
    Launch render(ProxySetup setup, Place place);

    static boolean isWholeSeconds(Duration duration) {
        return duration.isPositive() && duration.equals(Duration.ofSeconds(duration.toSeconds()));
    }
}
