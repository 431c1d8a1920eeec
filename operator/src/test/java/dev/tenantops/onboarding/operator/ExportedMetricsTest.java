package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.telemetry.Metric;
import dev.tenantops.onboarding.operator.telemetry.MetricsDocument;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus gets from the whole operator. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ExportedMetricsTest extends OperatorInSandbox {

    private static final String OWN = "tenant_onboarding_";
    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");

    private Customer customer;

    @BeforeEach
    void setUp() {
        customer = newCustomer();
        var secret = new SecretBuilder(customer.secret("right"))
                .addToStringData("expiresAt", END.toString())
                .build();
        customer.given(customer.catalog(), secret, customer.onboarding());
    }

    @Test
    void anOnboardingHasOneReadinessSeriesThatFollowsItAndGoesWithIt() {
        var directory = sandbox.microsoft().directory();
        awaitReadiness("VerifierConsentRequired", "0.0");
        customer.consentToAll();
        awaitReadiness("Onboarded", "1.0");
        directory.setEnabled(customer.tenant, customer.console, false);
        awaitReadiness("ApplicationDisabled", "0.0");
        client.resource(customer.read()).delete();
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(scrape()).doesNotContain(customer.namespace));
    }

    @Test
    void theEndOfACredentialIsShownForItsCatalog() {
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(scrape().lines()
                                .filter(it -> it.startsWith(
                                        Metric.CREDENTIAL_EXPIRY.series() + "{catalog=\"" + customer.catalog + "\"")))
                        .singleElement()
                        .satisfies(it -> assertThat(Double.parseDouble(it.substring(it.indexOf("} ") + 2)))
                                .isEqualTo(END.getEpochSecond())));
    }

    @Test
    void aFirstFailureIsSeenAsARiseFromNothing() {
        assertThat(scrape())
                .contains(Metric.DIRECTORY_REQUESTS.series() + "_count{operation=\"CloudLookup\",outcome=\"Denied\"")
                .contains(Metric.DIRECTORY_THROTTLED.series() + "{operation=\"Page\"")
                .contains(Metric.DIRECTORY_REQUESTS.series() + "_bucket{operation=\"Batch\",outcome=\"Succeeded\"")
                .contains(Metric.PROBES.series() + "{outcome=\"Reachable\"");
    }

    @Test
    void thePodThatVerifiesSaysThatItLeadsAndWhichBuildItIs() {
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(scrape().lines()).contains(Metric.LEADER.series() + " 1.0"));
        assertThat(scrape().lines())
                .filteredOn(it -> it.startsWith(Metric.BUILD_INFO.series() + "{"))
                .singleElement()
                .asString()
                .contains("revision=\"unknown\"")
                .doesNotContain("version=\"\"")
                .doesNotContain("version=\"unknown\"")
                .endsWith(" 1.0");
    }

    @Test
    void aBrowserThatReturnsFromAConsentIsCountedByWhatCameOfItAndNotByWhatItBrought() throws IOException {
        var answered = Metric.PAGE_REQUESTS.series() + "_count{outcome=\"Succeeded\",route=\"Callback\"} ";
        var before = value(answered);
        try (var in = URI.create(callback + "?state=stranger.thing").toURL().openStream()) {
            in.readAllBytes();
        }
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(value(answered)).isGreaterThan(before));
        assertThat(scrape()).doesNotContain("stranger");
    }

    private double value(String series) {
        return scrape().lines()
                .filter(it -> it.startsWith(series))
                .mapToDouble(it -> Double.parseDouble(it.substring(series.length())))
                .sum();
    }

    @Test
    void theOperatorsOwnMetricsAreThoseThatAreDefinedWithTheLabelsThatTheyHave() {
        customer.consentToAll();
        customer.awaitReady();
        var waiting = newCustomer();
        waiting.given(waiting.catalog(), waiting.secret("right"), waiting.onboarding());
        // These begin when somebody is asked for a consent, when an application was taken from all tenants, and when a
        // permission is going to end.
        sandbox.microsoft().directory().deactivate(customer.console);
        customer.awaitReason(ConditionType.CONSENT_GRANTED, "ApplicationDeactivated");
        client.resources(ApplicationCatalog.class)
                .withName(customer.catalog)
                .patch(PatchContext.of(PatchType.JSON), """
                        [{"op": "add", "path": "/spec/applications/0/permissions/0/retirements",
                          "value": [{"type": "Application", "value": "Presence.Read.All", "date": "2999-01-01"}]}]
                        """);
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .until(() -> labelsOfSeries()
                        .keySet()
                        .containsAll(Set.of(
                                Metric.CONSENT_AWAITED.series(), Metric.WITHDRAWN.series(), Metric.RETIRING.series())));
        var defined = Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::series, it -> it));
        assertThat(labelsOfSeries())
                .allSatisfy((series, labels) -> assertThat(labels)
                        .as(series)
                        .isEqualTo(new TreeSet<>(defined.get(series).labels())));
        assertThat(labelsOfSeries().keySet())
                .containsExactlyInAnyOrderElementsOf(defined.values().stream()
                        .filter(it -> it != Metric.CONDITION && it != Metric.LAST_VERIFIED)
                        .map(Metric::series)
                        .toList());
    }

    @Test
    void whatTheDocumentNamesOfLibrariesIsReallyExported() {
        // Some begin with the first reconcile.
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(MetricsDocument.ofLibraries())
                        .isNotEmpty()
                        .isSubsetOf(SERIES.matcher(scrape())
                                .results()
                                .map(it -> it.group(1))
                                .collect(Collectors.toSet())));
    }

    private void awaitReadiness(String reason, String value) {
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(scrape().lines()
                                .filter(it -> it.startsWith(Metric.READY.series() + "{"))
                                .filter(it -> it.contains("\"" + customer.namespace + "\"")))
                        .singleElement()
                        .asString()
                        .contains("reason=\"" + reason + "\"")
                        .endsWith(" " + value));
    }

    /** The labels of each of the operator's own, without what makes a histogram of several series. */
    private Map<String, Set<String>> labelsOfSeries() {
        var labels = new TreeMap<String, Set<String>>();
        SERIES.matcher(scrape())
                .results()
                .filter(it -> it.group(1).startsWith(OWN))
                .forEach(it -> labels.computeIfAbsent(
                                it.group(1).replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds"),
                                _ -> new TreeSet<>())
                        .addAll(labels(it.group(2))));
        return labels;
    }

    private static Set<String> labels(String text) {
        return text == null
                ? Set.of()
                : LABEL.matcher(text)
                        .results()
                        .map(it -> it.group(1))
                        .filter(it -> !it.equals("le"))
                        .collect(Collectors.toSet());
    }

    private String scrape() {
        try (var in = metrics.toURL().openStream()) {
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(it -> !it.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
