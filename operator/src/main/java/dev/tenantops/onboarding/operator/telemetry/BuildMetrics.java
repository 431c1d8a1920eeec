package dev.tenantops.onboarding.operator.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says which build runs: the version of the jar, and the commit where the image knows it. */
@Singleton
public class BuildMetrics {

    static final String UNKNOWN = "unknown";

    private final String version;
    private final String revision;

    /** @param revision the image's, as its variable {@code IMAGE_REVISION} */
    public BuildMetrics(
            @ConfigProperty(name = "quarkus.application.version") String version,
            @ConfigProperty(name = "image.revision") Optional<String> revision) {
        this.version = version;
        this.revision = revision.orElse(UNKNOWN);
    }

    void register(@Observes StartupEvent started, MeterRegistry registry) {
        Gauge.builder(Metric.BUILD_INFO.series(), () -> 1)
                .description(Metric.BUILD_INFO.help())
                .tags("version", version, "revision", revision)
                .register(registry);
    }
}
