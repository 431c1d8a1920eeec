package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardNotice;
import dev.tenantops.onboarding.operator.sharding.ShardSelector;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import dev.tenantops.onboarding.operator.status.SignIns;
import dev.tenantops.onboarding.operator.telemetry.Metric;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One shard of several against a real API server. The others are Leases that the tests write; {@code ShardsIT} has them as
 * processes.
 */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(ShardTest.FirstShard.class)
class ShardTest extends OperatorInSandbox {

    private static final String LABEL = "shard";
    private static final String OWN = "first";
    private static final String OTHER = "second";

    public static final class FirstShard implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "onboarding.sharding.selector", LABEL + " in (" + OWN + ", both)",
                    "onboarding.sharding.catalogs", "true",
                    "onboarding.sharding.name", OWN,
                    "onboarding.leader-election.enabled", "true",
                    "onboarding.leader-election.lease-name", "shard-first",
                    "onboarding.leader-election.retry-period", "500ms");
        }
    }

    private Customer customer;
    private SimulatedDirectory directory;

    @BeforeEach
    void setUp() {
        directory = sandbox.microsoft().directory();
        customer = newCustomer();
        customer.given(customer.catalog(), customer.secret("right"));
        customer.consentToAll();
    }

    @AfterEach
    void leaveNothingToBeCounted() {
        client.resources(TenantOnboarding.class).inNamespace(customer.namespace).delete();
        client.leases()
                .inNamespace(SandboxResource.OPERATOR_NAMESPACE)
                .withName("shard-second")
                .delete();
    }

    @Test
    void anOnboardingOfAnotherShardIsLeftAloneUntilItComesOver() {
        customer.given(in(OTHER, customer.onboarding()));
        var own = customer.another();
        own.consentToAll();
        own.given(in(OWN, own.onboarding()));
        own.awaitReady();
        assertThat(customer.status().conditions()).isEmpty();
        assertThat(batches(customer)).isZero();
        move(customer, OWN);
        customer.awaitReady();
        client.resource(own.read()).delete();
    }

    @Test
    void anOnboardingThatGoesOverIsAskedAboutAndWrittenNoMoreAndKeepsWhatItsStatusSays() {
        customer.given(in(OWN, customer.onboarding()));
        var own = customer.another();
        own.consentToAll();
        own.given(in(OWN, own.onboarding()));
        customer.awaitReady();
        own.awaitReady();
        move(customer, OTHER);
        // The metrics follow the cache, and the schedule follows it.
        eventually(() -> assertThat(scrape()).doesNotContain(customer.namespace));
        eventually(() -> {
            var before = batches(customer);
            var passed = batches(own);
            Awaitility.await().atMost(Customer.PATIENCE).until(() -> batches(own) > passed + 2);
            assertThat(batches(customer)).isEqualTo(before);
        });
        var left = customer.read();
        directory.setEnabled(customer.tenant, customer.console, false);
        directory.setEnabled(own.tenant, own.console, false);
        own.awaitReason(ConditionType.READY, "ApplicationDisabled");
        assertThat(customer.read().getMetadata().getResourceVersion())
                .isEqualTo(left.getMetadata().getResourceVersion());
        assertThat(left.getStatus().applications()).hasSize(2);
        move(customer, OWN);
        customer.awaitReason(ConditionType.READY, "ApplicationDisabled");
        client.resource(own.read()).delete();
    }

    @Test
    void anOnboardingThatNoShardSelectsIsFoundAndOneThatTwoSelectAndThoseOfAShardThatIsGone() {
        customer.given(in("nobodys", customer.onboarding()));
        eventually(
                () -> assertThat(scrape()).contains(unselected("NoShard", 1), unselected("ShardGone", 0), shared(0)));
        move(customer, "both");
        eventually(() -> assertThat(scrape()).contains(unselected("NoShard", 0), shared(0)));
        // Nobody renews it, so it is there for as long as its duration.
        client.resource(second("pod", 5, Map.of())).create();
        eventually(() -> assertThat(scrape()).contains(shared(1)));
        eventually(() -> assertThat(scrape()).contains(shared(0), unselected("ShardGone", 0)));
        move(customer, OTHER);
        eventually(() -> assertThat(scrape()).contains(unselected("ShardGone", 1), unselected("NoShard", 0)));
    }

    @Test
    void aLeaseThatWasGivenBackIsNobodys() {
        client.resource(second("", 3600, Map.of())).create();
        customer.given(in(OTHER, customer.onboarding()));
        eventually(() -> assertThat(scrape()).contains(unselected("ShardGone", 1)));
    }

    @Test
    void aCatalogCountsTheOnboardingsOfAllShards() {
        client.resource(second(
                        "pod", 3600, Map.of(customer.catalog, new CatalogUse(41, Optional.empty(), SignIns.NONE))))
                .create();
        customer.given(in(OWN, customer.onboarding()));
        eventually(() -> assertThat(client.resources(ApplicationCatalog.class)
                        .withName(customer.catalog)
                        .get()
                        .getStatus()
                        .onboardings())
                .isEqualTo(42));
    }

    @Test
    void theLeaseSaysWhatThisShardVerifiesAndHowItUsesTheCatalogs() {
        customer.given(in(OWN, customer.onboarding()));
        eventually(() -> {
            var said = ShardNotice.of(client.leases()
                    .inNamespace(SandboxResource.OPERATOR_NAMESPACE)
                    .withName("shard-first")
                    .require());
            assertThat(said.selector()).contains(ShardSelector.parse(LABEL + " in (" + OWN + ", both)"));
            assertThat(said.catalogs()).isTrue();
            assertThat(said.use())
                    .containsEntry(customer.catalog, new CatalogUse(1, Optional.empty(), new SignIns(1, 0, 0, 0)));
        });
    }

    @Test
    void aBrowserReturnsToWhicheverShardsOnboardingIsMeant() throws Exception {
        customer.given(in(OTHER, customer.onboarding()));
        var uid = customer.read().getMetadata().getUid();
        eventually(
                () -> assertThat(get("?admin_consent=True&tenant=" + customer.tenant + "&state=" + uid + ".presence"))
                        .contains("It is now being verified"));
        assertThat(customer.read().getMetadata().getAnnotations())
                .containsKeys(TenantOnboarding.RECONCILE_REQUESTED_AT, TenantOnboarding.CONSENT_RETURNED);
    }

    @Test
    void theTenantOfAnotherShardsOlderOnboardingIsLeftAloneUntilThatOneGoes() {
        customer.given(in(OTHER, customer.onboarding()));
        customer.awaitLaterSecond();
        var own = customer.another();
        own.given(in(OWN, tenantOf(customer, own)));
        own.awaitReason(ConditionType.STALLED, "TenantClaimedElsewhere");
        assertThat(batches(customer)).isZero();
        client.resource(customer.read()).delete();
        own.awaitReady();
        client.resource(own.read()).delete();
    }

    /** An onboarding in the namespace of one customer that names the tenant of another. */
    private HasMetadata tenantOf(Customer named, Customer where) {
        var serialization = client.getKubernetesSerialization();
        return serialization.unmarshal(
                serialization.asYaml(where.onboarding()).replace(where.tenant, named.tenant), TenantOnboarding.class);
    }

    @Test
    void everyMetricNamesTheShard() {
        customer.given(in(OWN, customer.onboarding()));
        customer.awaitReady();
        assertThat(scrape().lines().filter(it -> it.startsWith("tenant_onboarding_")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it).contains("shard=\"" + OWN + "\""));
        assertThat(scrape().lines().filter(it -> it.startsWith("jvm_memory_used_bytes")))
                .allSatisfy(it -> assertThat(it).contains("shard=\"" + OWN + "\""));
    }

    private static String unselected(String cause, int count) {
        return Metric.UNSELECTED.series() + "{cause=\"" + cause + "\",shard=\"" + OWN + "\"} " + count + ".0";
    }

    private static String shared(int count) {
        return Metric.SHARED.series() + "{shard=\"" + OWN + "\"} " + count + ".0";
    }

    private static HasMetadata in(String shard, HasMetadata onboarding) {
        onboarding.getMetadata().setLabels(Map.of(LABEL, shard));
        return onboarding;
    }

    private static void move(Customer customer, String shard) {
        customer.merge("{\"metadata\":{\"labels\":{\"" + LABEL + "\":\"" + shard + "\"}}}");
    }

    private long batches(Customer of) {
        return sandbox.microsoft().requests().count(RequestKind.BATCH, of.tenant);
    }

    private static Lease second(String holder, int seconds, Map<String, CatalogUse> use) {
        var now = ZonedDateTime.now(ZoneOffset.UTC);
        var annotations = new HashMap<>(ShardNotice.annotations(
                new Shard(OTHER, ShardSelector.parse(LABEL + " in (" + OTHER + ", both)"), false)));
        annotations.putAll(ShardNotice.annotations(use));
        return new LeaseBuilder()
                .withNewMetadata()
                .withName("shard-second")
                .withNamespace(SandboxResource.OPERATOR_NAMESPACE)
                .addToLabels(ApiGroup.SHARD_LABEL, "true")
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(seconds)
                .withAcquireTime(now)
                .withRenewTime(now)
                .endSpec()
                .build();
    }

    private static void eventually(ThrowingRunnable expected) {
        Awaitility.await().atMost(Customer.PATIENCE).untilAsserted(expected);
    }

    private String get(String query) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(callback + query)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private String scrape() {
        try (var in = metrics.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
