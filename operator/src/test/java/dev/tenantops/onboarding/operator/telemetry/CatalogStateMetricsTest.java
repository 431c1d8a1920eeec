package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RetirementStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogStateMetricsTest {

    private static final Permission EWS =
            new Permission("ExchangeOnline", PermissionType.Delegated, "EWS.AccessAsUser.All");

    private final CatalogStateMetrics metrics = new CatalogStateMetrics(_ -> Optional.empty());

    @Test
    void whoBreaksWhenIsCountedForEachPermission() {
        assertThat(samples(new RetirementStatus("ews", EWS, "2027-04-01", 12)))
                .containsExactlyInAnyOrder(
                        Sample.of(
                                Metric.RETIREMENT,
                                Instant.parse("2027-04-01T00:00:00Z").getEpochSecond(),
                                "heedify",
                                "ews",
                                "ExchangeOnline Delegated EWS.AccessAsUser.All"),
                        Sample.of(
                                Metric.RETIRING,
                                12,
                                "heedify",
                                "ews",
                                "ExchangeOnline Delegated EWS.AccessAsUser.All",
                                "2027-04-01"));
    }

    @Test
    void aDayThatIsNoneHasNoTime() {
        assertThat(samples(new RetirementStatus("ews", EWS, "soon", 12)))
                .extracting(Sample::metric)
                .containsExactly(Metric.RETIRING);
    }

    private List<Sample> samples(RetirementStatus retirement) {
        var catalog = Samples.catalog(Samples.CATALOG);
        catalog.setStatus(new ApplicationCatalogStatus(1, 12, null, null, List.of(retirement), List.of()));
        return metrics.samples(Stream.of(catalog));
    }
}
