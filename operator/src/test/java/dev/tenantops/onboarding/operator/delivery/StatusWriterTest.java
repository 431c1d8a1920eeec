package dev.tenantops.onboarding.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.report.LogContext;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.utils.ResponseProviders;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer makes of each answer that an API server has. */
class StatusWriterTest {

    private static final String OBJECT =
            "/apis/onboarding.tenantops.dev/v1alpha1/namespaces/customer-contoso/tenantonboardings/contoso";
    private static final String STATUS = OBJECT + "/status";
    private static final String FOUND = OBJECT.replace("/contoso", "?fieldSelector=metadata.name%3Dcontoso");
    private static final String EVENTS = "/apis/events.k8s.io/v1/namespaces/customer-contoso/events";

    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), false);
    private final List<ObjectKey> again = new CopyOnWriteArrayList<>();
    private final AtomicBoolean leading = new AtomicBoolean(true);
    private KubernetesClient client;
    private EventWriter events;
    private StatusWriter<TenantOnboarding, TenantOnboardingSpec, TenantOnboardingStatus> writer;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        events = new EventWriter(client, "pod-1", Optional.empty());
        writer = new StatusWriter<>(
                client,
                events,
                new StatusWriter.Kind<>(
                        TenantOnboarding.class,
                        TenantOnboarding::new,
                        again::add,
                        DeliveryListener.NONE,
                        _ -> Optional.of(status("CheckFailed", Status.Unknown)),
                        it -> !Map.of("shard", "another")
                                .equals(it.getMetadata().getLabels())),
                leading::get,
                Clock.systemUTC());
        server.expect().post().withPath(EVENTS).andReturn(201, "{}").always();
        writer.start(2);
    }

    @AfterEach
    void stop() {
        writer.close();
        events.close();
        client.close();
        server.destroy();
    }

    @Test
    void aStatusIsWrittenToTheVeryObjectThatWasJudged() throws Exception {
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        assertThat(put().getUtf8Body())
                .contains("\"resourceVersion\":\"7\"", "\"uid\":\"" + Samples.UID + "\"", "\"reason\":\"Onboarded\"")
                .doesNotContain("\"spec\"");
        assertThat(event()).contains("Onboarded");
    }

    @Test
    void theLineOfATransitionNamesTheTraceOfTheCheckThatFoundIt() throws Exception {
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        try (var log = new CapturedLog(Level.INFO)) {
            try (var _ = LogContext.ofTrace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")) {
                writer.publish(onboarding("7", null), _ -> Optional.of(green()));
            }
            put();
            event();
            assertThat(log.lines())
                    .filteredOn(it -> it.text().contains(": Onboarded: "))
                    .singleElement()
                    .satisfies(it -> assertThat(it.context())
                            .containsEntry("name", "contoso")
                            .containsEntry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736"));
        }
    }

    @Test
    void ofWhatWasWrittenOnlyTheMetadataIsAskedBack() throws Exception {
        server.expect().put().withPath(STATUS).andReturn(200, """
                        {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
                         "metadata": {"name": "contoso", "resourceVersion": "8"}}
                        """).once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        assertThat(put().getHeader("Accept")).contains("as=PartialObjectMetadata");
        event();
        assertThat(writer.latest(onboarding("7", null)).getMetadata().getResourceVersion())
                .isEqualTo("8");
    }

    @Test
    void anUnchangedStatusIsNotWrittenAgain() {
        writer.publish(onboarding("7", green()), _ -> Optional.of(green()));
        assertThat(writer.waiting().objects()).isZero();
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void whatAnotherManagerPutIntoTheStatusIsGoneAfterTheNextWrite() throws Exception {
        var ghost = new ArrayList<>(green().conditions());
        ghost.add(condition(ConditionType.STALLED, Status.True, "Ghost"));
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        writer.publish(onboarding("7", withConditions(ghost)), _ -> Optional.of(green()));
        assertThat(put().getUtf8Body()).doesNotContain("Ghost");
    }

    @Test
    void afterAConflictTheStatusIsMadeAnewOnWhatIsThereNow() throws Exception {
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect()
                .get()
                .withPath(FOUND)
                .andReturn(200, found(onboarding("9", red())))
                .once();
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("10", green()))
                .once();
        writer.publish(onboarding("7", null), it -> Optional.of(it.getStatus() == null ? red() : green()));
        put();
        get();
        assertThat(put().getUtf8Body()).contains("\"resourceVersion\":\"9\"", "\"reason\":\"Onboarded\"");
    }

    @Test
    void aVerdictOnAnotherSpecIsNotWrittenAndTheObjectIsJudgedAnew() {
        var changed = onboarding("9", null);
        changed.getMetadata().setGeneration(2L);
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect().get().withPath(FOUND).andReturn(200, found(changed)).once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        await().untilAsserted(() -> assertThat(again).containsExactly(new ObjectKey("customer-contoso", "contoso")));
        assertThat(writer.waiting().objects()).isZero();
    }

    @Test
    void whatHasBecomeAnothersIsNotWrittenAnyMore() {
        var given = onboarding("9", null);
        given.getMetadata().setLabels(Map.of("shard", "another"));
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect().get().withPath(FOUND).andReturn(200, found(given)).once();
        var cached = onboarding("7", null);
        writer.publish(cached, _ -> Optional.of(green()));
        await().untilAsserted(() -> {
            assertThat(server.getRequestCount()).isEqualTo(2);
            assertThat(writer.waiting().objects()).isZero();
        });
        assertThat(writer.latest(cached)).isSameAs(cached);
        assertThat(again).isEmpty();
    }

    /** A watch may be silent: what was found is judged, and not what the cache still shows. */
    @Test
    void whatWasFoundIsKnownBeforeTheCacheShowsIt() {
        var changed = onboarding("9", null);
        changed.getMetadata().setGeneration(2L);
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect().get().withPath(FOUND).andReturn(200, found(changed)).once();
        var cached = onboarding("7", null);
        writer.publish(cached, _ -> Optional.of(green()));
        await().untilAsserted(() ->
                assertThat(writer.latest(cached).getMetadata().getGeneration()).isEqualTo(2));
    }

    @Test
    void whatTheClockEndsIsWithdrawnWhateverTheSpecHasBecome() throws Exception {
        var changed = onboarding("9", green());
        changed.getMetadata().setGeneration(2L);
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect().get().withPath(FOUND).andReturn(200, found(changed)).once();
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("10", red()))
                .once();
        writer.publishUnlessWaiting(onboarding("7", green()), _ -> Optional.of(red()));
        put();
        get();
        assertThat(put().getUtf8Body()).contains("\"resourceVersion\":\"9\"");
    }

    @Test
    void aCacheThatDoesNotShowWhatIsStoredIsNoticedWhileMoreIsStored() throws Exception {
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("9", red()))
                .once();
        var cached = onboarding("7", null);
        writer.publish(cached, _ -> Optional.of(green()));
        await().until(() -> writer.latest(cached) != cached);
        assertThat(writer.unseen()).isZero();
        var other = onboarding("3", null);
        other.getMetadata().setName("fabrikam");
        server.expect()
                .put()
                .withPath(STATUS.replace("contoso/status", "fabrikam/status"))
                .andReturn(200, onboarding("10", green()))
                .once();
        writer.publish(other, _ -> Optional.of(green()));
        await().until(() -> writer.latest(other) != other);
        assertThat(writer.unseen()).isPositive();
        writer.latest(onboarding("8", green()));
        assertThat(writer.unseen()).isZero();
    }

    @Test
    void theVerdictOnAnObjectThatWasReplacedIsNotWrittenToItsSuccessor() {
        var successor = onboarding("9", null);
        successor.getMetadata().setUid("another");
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect().get().withPath(FOUND).andReturn(200, found(successor)).once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        await().untilAsserted(() -> assertThat(again).hasSize(1));
        assertThat(writer.waiting().objects()).isZero();
    }

    @Test
    void theVerdictOnAnObjectThatIsGoneIsForgotten() {
        server.expect().put().withPath(STATUS).andReturn(404, failure(404)).once();
        server.expect().get().withPath(FOUND).andReturn(200, found()).once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        await().until(() -> writer.waiting().objects() == 0 && server.getRequestCount() == 2);
        assertThat(again).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 429, 500, 502, 503, 504})
    void aRefusedStatusIsTriedAgainAndToldOfOnceItIsStored(int code) throws Exception {
        server.expect().put().withPath(STATUS).andReturn(code, failure(code)).once();
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        put();
        put();
        assertThat(event()).contains("Onboarded");
        await().until(() -> writer.waiting().objects() == 0);
    }

    @Test
    void aVerdictWaitsWithAllItWasMadeOfWhereFewDo() {
        leading.set(false);
        var verdict = new LeanVerdict();
        writer.publish(onboarding("7", null), verdict);
        await().until(() -> writer.waiting().longest().isPositive());
        assertThat(verdict.lean).isFalse();
    }

    @Test
    void aVerdictWaitsWithoutWhatItDoesNotNeedWhereManyDo() {
        leading.set(false);
        for (int i = 0; i < StatusWriter.ROOM; i++) {
            var another = onboarding("7", null);
            another.getMetadata().setName("contoso-" + i);
            writer.publish(another, new LeanVerdict());
        }
        var verdict = new LeanVerdict();
        writer.publish(onboarding("7", null), verdict);
        assertThat(verdict.lean).isTrue();
    }

    @Test
    void aRefusedStatusHasNoEvent() throws Exception {
        server.expect().put().withPath(STATUS).andReturn(403, failure(403)).always();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        put();
        put();
        put();
        assertThat(events.idle()).isTrue();
        assertThat(writer.waiting().objects()).isOne();
    }

    @Test
    void theServerIsAskedNothingForAsLongAsItSays() throws Exception {
        server.expect()
                .put()
                .withPath(STATUS)
                .andReply(ResponseProviders.of(429, "Too many requests", Map.of("Retry-After", "3600")))
                .once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        put();
        await().until(() -> writer.waiting().longest().isPositive());
        assertThat(writer.untilNext()).hasValueSatisfying(it -> assertThat(it).isGreaterThan(Duration.ofSeconds(50)));
    }

    @Test
    void whatTheServerFindsInvalidLeavesNoGreenBehind() throws Exception {
        server.expect().put().withPath(STATUS).andReturn(422, failure(422)).once();
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", status("CheckFailed", Status.Unknown)))
                .once();
        server.expect().put().withPath(STATUS).andReturn(422, failure(422)).always();
        writer.publish(onboarding("7", green()), _ -> Optional.of(red()));
        assertThat(put().getUtf8Body()).contains("ConsentRevoked");
        assertThat(put().getUtf8Body()).contains("CheckFailed");
        assertThat(event()).contains("CheckFailed");
        assertThat(put().getUtf8Body()).contains("ConsentRevoked", "\"resourceVersion\":\"8\"");
    }

    @Test
    void whatWasStoredAlthoughTheAnswerWasLostIsToldOfOnce() throws Exception {
        server.expect().put().withPath(STATUS).andReturn(504, failure(504)).once();
        server.expect().put().withPath(STATUS).andReturn(409, failure(409)).once();
        server.expect()
                .get()
                .withPath(FOUND)
                .andReturn(200, found(onboarding("8", green())))
                .once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        put();
        put();
        get();
        assertThat(event()).contains("Onboarded");
        await().until(() -> writer.waiting().objects() == 0);
    }

    @Test
    void whatWasWrittenIsKnownBeforeTheCacheShowsIt() throws Exception {
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        var cached = onboarding("7", null);
        writer.publish(cached, _ -> Optional.of(green()));
        await().untilAsserted(
                        () -> assertThat(writer.latest(cached).getStatus()).isEqualTo(green()));
        assertThat(writer.latest(cached).getMetadata().getResourceVersion()).isEqualTo("8");
        var newer = onboarding("9", red());
        assertThat(writer.latest(newer)).isSameAs(newer);
        assertThat(writer.latest(cached)).isSameAs(cached);
    }

    @Test
    void aReplicaThatHasLostItsLeaseWritesNothing() throws Exception {
        leading.set(false);
        server.expect()
                .put()
                .withPath(STATUS)
                .andReturn(200, onboarding("8", green()))
                .once();
        writer.publish(onboarding("7", null), _ -> Optional.of(green()));
        await().until(() -> writer.waiting().longest().isPositive());
        assertThat(server.getRequestCount()).isZero();
        leading.set(true);
        put();
    }

    @Test
    void aStatusThatCannotBeMadeKeepsNothingElseWaiting() {
        writer.publish(onboarding("7", null), it -> {
            if (Thread.currentThread().getName().startsWith("statuses")) {
                throw new IllegalStateException("a fault");
            }
            return Optional.of(green());
        });
        await().untilAsserted(() -> assertThat(again).hasSize(1));
        assertThat(writer.waiting().objects()).isZero();
    }

    private RecordedRequest put() throws InterruptedException {
        return request("PUT");
    }

    private void get() throws InterruptedException {
        request("GET");
    }

    private String event() throws InterruptedException {
        return request("POST").getUtf8Body();
    }

    private RecordedRequest request(String method) throws InterruptedException {
        var request = server.takeRequest(20, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        assertThat(request.getMethod()).isEqualTo(method);
        return request;
    }

    private static Object found(TenantOnboarding... objects) {
        return Map.of("apiVersion", "onboarding.tenantops.dev/v1alpha1", "kind", "List", "items", List.of(objects));
    }

    private static Object failure(int code) {
        return new StatusBuilder()
                .withCode(code)
                .withStatus("Failure")
                .withMessage("no")
                .build();
    }

    private static TenantOnboarding onboarding(String version, TenantOnboardingStatus status) {
        var onboarding = Samples.onboarding(Samples.ONBOARDING);
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("customer-contoso")
                .withName("contoso")
                .withUid(Samples.UID)
                .withGeneration(1L)
                .withResourceVersion(version)
                .build());
        onboarding.setStatus(status);
        return onboarding;
    }

    private static TenantOnboardingStatus green() {
        return status("Onboarded", Status.True);
    }

    private static TenantOnboardingStatus red() {
        return status("ConsentRevoked", Status.False);
    }

    private static TenantOnboardingStatus status(String reason, Status ready) {
        return withConditions(List.of(condition(ConditionType.READY, ready, reason)));
    }

    private static TenantOnboardingStatus withConditions(List<Condition> conditions) {
        return new TenantOnboardingStatus(
                new Handled(1, null),
                Customer.UNKNOWN,
                new Progress("1/1", null),
                Times.NONE,
                Entries.NONE,
                conditions);
    }

    private static Condition condition(String type, Status status, String reason) {
        return new Condition(type, status, 1, "2026-03-01T12:00:00Z", reason, "A message.");
    }

    private static final class LeanVerdict implements StatusWriter.Verdict<TenantOnboarding, TenantOnboardingStatus> {

        private final AtomicBoolean lean = new AtomicBoolean();

        @Override
        public Optional<TenantOnboardingStatus> status(TenantOnboarding current) {
            return Optional.of(green());
        }

        @Override
        public StatusWriter.Verdict<TenantOnboarding, TenantOnboardingStatus> lean() {
            lean.set(true);
            return this;
        }
    }
}
