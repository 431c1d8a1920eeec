package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RetirementStatus;
import dev.tenantops.onboarding.operator.status.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The state of the catalogs as metrics. */
public final class CatalogStateMetrics {

    private final Function<ApplicationCatalog, Optional<Instant>> expiry;

    /** @param expiry when the credential of a catalog's verifier ends, where that can be known */
    public CatalogStateMetrics(Function<ApplicationCatalog, Optional<Instant>> expiry) {
        this.expiry = expiry;
    }

    /** Counts catalogs. */
    public List<Sample> samples(Stream<ApplicationCatalog> catalogs) {
        var samples = new ArrayList<Sample>();
        catalogs.forEach(catalog -> {
            var name = catalog.getMetadata().getName();
            Optional.ofNullable(catalog.getStatus()).map(ApplicationCatalogStatus::conditions).stream()
                    .flatMap(List::stream)
                    .forEach(it -> samples.add(Sample.of(
                            Metric.CATALOG_CONDITIONS,
                            1,
                            name,
                            it.type(),
                            it.status().name(),
                            it.reason())));
            Optional.ofNullable(catalog.getStatus()).map(ApplicationCatalogStatus::retirements).stream()
                    .flatMap(List::stream)
                    .forEach(it -> retirement(name, it, samples));
            expiry.apply(catalog)
                    .ifPresent(it -> samples.add(Sample.of(Metric.CREDENTIAL_EXPIRY, it.getEpochSecond(), name)));
        });
        return samples;
    }

    private static void retirement(String catalog, RetirementStatus retirement, List<Sample> samples) {
        var permission = retirement.permission().toString();
        samples.add(Sample.of(
                Metric.RETIRING,
                retirement.onboardings(),
                catalog,
                retirement.application(),
                permission,
                retirement.date()));
        Timestamps.parse(retirement.date() + "T00:00:00Z")
                .ifPresent(it -> samples.add(Sample.of(
                        Metric.RETIREMENT, it.getEpochSecond(), catalog, retirement.application(), permission)));
    }
}
