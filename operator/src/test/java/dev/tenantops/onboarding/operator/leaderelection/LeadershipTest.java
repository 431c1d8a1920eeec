package dev.tenantops.onboarding.operator.leaderelection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.operator.TestApiServer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a leadership ends; {@code FailoverIT} shows it with processes. */
class LeadershipTest {

    private static final String NAMESPACE = "default";
    private static final String LEASE = "operators";

    @RegisterExtension
    private static final TestApiServer SERVER = new TestApiServer();

    private final List<Integer> exits = new ArrayList<>();
    private final AtomicReference<Map<String, String>> notice = new AtomicReference<>(Map.of());
    private final Leadership leadership = leadership(true);

    @BeforeEach
    void deleteLease() {
        SERVER.client().leases().inNamespace(NAMESPACE).withName(LEASE).delete();
    }

    @Test
    void aSingleReplicaLeadsAtOnce() {
        var leading = new AtomicBoolean();
        var single = leadership(false);
        single.campaign(() -> leading.set(true));
        assertThat(leading).isTrue();
        assertThat(single.holds()).isTrue();
        assertThat(SERVER.client()
                        .leases()
                        .inNamespace(NAMESPACE)
                        .withName(LEASE)
                        .get())
                .isNull();
    }

    @Test
    void theLeaseIsInTheOperatorsNamespaceAndHeldByThePodsName() {
        var leading = new AtomicBoolean();
        assertThat(leadership.holds()).isFalse();
        leadership.campaign(() -> leading.set(true));
        await().untilTrue(leading);
        assertThat(holder()).isEqualTo("pod-1");
        assertThat(leadership.holds()).isTrue();
        leadership.stopping();
        leadership.release();
    }

    @Test
    void theLeaseSaysFromTheFirstMomentWhatItsHolderVerifiesAndKeepsItWhenGivenBack() {
        notice.set(Map.of(ApiGroup.SHARD_SELECTOR, "shard=a"));
        heldBy("");
        var leading = new AtomicBoolean();
        leadership.campaign(() -> leading.set(true));
        await().untilTrue(leading);
        assertThat(lease().getLabels()).containsEntry(ApiGroup.SHARD_LABEL, "true");
        assertThat(lease().getAnnotations()).isEqualTo(Map.of(ApiGroup.SHARD_SELECTOR, "shard=a"));
        notice.set(Map.of(ApiGroup.SHARD_CATALOG_USE, "{}"));
        await().untilAsserted(() -> assertThat(lease().getAnnotations())
                .isEqualTo(Map.of(ApiGroup.SHARD_SELECTOR, "shard=a", ApiGroup.SHARD_CATALOG_USE, "{}")));
        leadership.stopping();
        leadership.release();
        assertThat(holder()).isEmpty();
        assertThat(lease().getAnnotations()).containsEntry(ApiGroup.SHARD_SELECTOR, "shard=a");
    }

    @Test
    void checksEndBeforeALeaseThatIsRenewedNoMoreRunsOut() {
        assertThat(leadership.patience(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(10));
        assertThat(leadership.patience(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(leadership(false).patience(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aLostLeaseEndsTheProcess() {
        leadership.ended();
        assertThat(exits).containsExactly(Leadership.LOST);
    }

    @Test
    void theEndOfALeadershipEndsNothingThatIsStoppingAnyway() {
        leadership.stopping();
        leadership.ended();
        assertThat(exits).isEmpty();
    }

    @Test
    void aReplicaThatStopsGivesItsLeaseBack() {
        heldBy("pod-1");
        leadership.stopping();
        leadership.release();
        assertThat(holder()).isEmpty();
    }

    @Test
    void theLeaseOfAnotherReplicaIsLeftAlone() {
        heldBy("pod-2");
        leadership.stopping();
        leadership.release();
        assertThat(holder()).isEqualTo("pod-2");
    }

    private Leadership leadership(boolean enabled) {
        return new Leadership(
                new Election(enabled, LEASE),
                new Replica(NAMESPACE, "pod-1"),
                SERVER.client(),
                notice::get,
                exits::add);
    }

    private static void heldBy(String holder) {
        var now = ZonedDateTime.now(ZoneOffset.UTC);
        SERVER.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(LEASE)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(15)
                        .withAcquireTime(now)
                        .withRenewTime(now)
                        .withLeaseTransitions(3)
                        .endSpec()
                        .build())
                .create();
    }

    private static ObjectMeta lease() {
        return SERVER.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName(LEASE)
                .require()
                .getMetadata();
    }

    private static String holder() {
        return SERVER.client()
                .leases()
                .inNamespace(NAMESPACE)
                .withName(LEASE)
                .require()
                .getSpec()
                .getHolderIdentity();
    }
}
