package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesOnboardingsTest {

    private static final String UID = "7d1c2a34-0b5e-4f6a-8c9d-112233445566";
    private static final String TENANT = "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");

    private record Request(String method, String path, String contentType, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer apiServer;
    private KubernetesClient client;

    @BeforeEach
    void startApiServer() throws IOException {
        apiServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiServer.createContext("/", this::answer);
        apiServer.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(
                                "http://127.0.0.1:" + apiServer.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    @AfterEach
    void stopApiServer() {
        client.close();
        apiServer.stop(0);
    }

    @Test
    void aVerificationIsOneMergePatchOfTwoAnnotations() throws IOException {
        var onboardings = new KubernetesOnboardings(client, _ -> Optional.empty(), Stream::empty);

        assertThat(onboardings.requestVerification(known(), "call-center", NOW)).isTrue();

        assertThat(requests).singleElement().satisfies(it -> {
            assertThat(it.method()).isEqualTo("PATCH");
            assertThat(it.path())
                    .isEqualTo(
                            "/apis/onboarding.tenantops.dev/v1alpha1/namespaces/customers/tenantonboardings/contoso");
            assertThat(it.contentType()).startsWith("application/merge-patch+json");
            assertThat(new ObjectMapper().readValue(it.body(), Object.class))
                    .isEqualTo(Map.of(
                            "apiVersion",
                            "onboarding.tenantops.dev/v1alpha1",
                            "metadata",
                            Map.of(
                                    "uid",
                                    UID,
                                    "annotations",
                                    Map.of(
                                            "reconcile.fluxcd.io/requestedAt",
                                            "2026-03-04T05:06:07.123456Z",
                                            "onboarding.tenantops.dev/consent-returned",
                                            "call-center/2026-03-04T05:06:07.123456Z"))));
        });
    }

    @Test
    void aBurstIsOnePatchThoughTheCacheLagsBehind() {
        var onboardings = new KubernetesOnboardings(client, _ -> Optional.empty(), Stream::empty);

        for (int i = 0; i < 20; i++) {
            assertThat(onboardings.requestVerification(known(), "call-center", NOW))
                    .isTrue();
        }

        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 409, 422, 500})
    void aRefusedPatchIsNoRequestAndMayBeTriedAgain(int refusal) {
        var onboardings = new KubernetesOnboardings(client, _ -> Optional.empty(), Stream::empty);
        status = refusal;

        assertThat(onboardings.requestVerification(known(), "call-center", NOW)).isFalse();

        status = 200;
        assertThat(onboardings.requestVerification(known(), "call-center", NOW)).isTrue();
    }

    @Test
    void aLookUpAsksTheCacheAlone() {
        var onboarding = onboarding("call-center/2026-03-04T05:06:07.123456Z");
        var onboardings = new KubernetesOnboardings(
                client, uid -> Optional.of(onboarding).filter(_ -> uid.equals(UID)), Stream::empty);

        assertThat(onboardings.byUid(UID))
                .contains(new KnownOnboarding(UID, "customers", "contoso", TENANT, Optional.of(NOW)));
        assertThat(onboardings.byUid("00000000-0000-4000-8000-000000000000")).isEmpty();
        assertThat(requests).isEmpty();
    }

    @Test
    void anOnboardingThatTheApiServerDoesNotGiveIsNoUnknownOne() {
        var onboardings = new KubernetesOnboardings(
                client,
                _ -> {
                    throw new KubernetesClientException("timeout");
                },
                Stream::empty);

        assertThatThrownBy(() -> onboardings.byUid(UID)).isInstanceOf(OnboardingLookup.Unreadable.class);
    }

    @Test
    void aCheckIsAPatchThatNotesNoConsentAndTakesNoTurnOfOneThatDoes() throws IOException {
        var onboardings = new KubernetesOnboardings(client, _ -> Optional.empty(), Stream::empty);

        for (int i = 0; i < 20; i++) {
            onboardings.requestCheck(known(), NOW);
        }
        assertThat(requests)
                .singleElement()
                .satisfies(it -> assertThat(it.body())
                        .contains("\"reconcile.fluxcd.io/requestedAt\":\"2026-03-04T05:06:07.123456Z\"", UID)
                        .doesNotContain("consent-returned"));

        assertThat(onboardings.requestVerification(known(), "call-center", NOW)).isTrue();
        assertThat(requests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "3C1F0D5E-8A52-4B7E-9F3E-2F6F6F1D9A10, call-center, false, true",
        "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10, verifier, false, true",
        "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10, call-center, true, false",
        "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10, reports, false, false",
        "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10, former, false, false",
        "11111111-2222-3333-4444-555555555555, call-center, false, false"
    })
    void thoseOfATenantAreFoundThatNeedAnApplicationNow(
            String tenantId, String application, boolean suspended, boolean found) {
        var onboarding = onboarding(null);
        onboarding.setSpec(new TenantOnboardingSpec(TENANT, List.of(), null, null, suspended));
        onboarding.setStatus(YAML.unmarshal("""
                observedGeneration: 1
                verifiers: [{catalog: heedify, state: Authorized}]
                applications:
                - {catalog: heedify, name: call-center, state: ConsentRequired}
                - {catalog: heedify, name: former, state: NoLongerLicensed}
                """, TenantOnboardingStatus.class));
        var onboardings = new KubernetesOnboardings(client, _ -> Optional.empty(), () -> Stream.of(onboarding));

        assertThat(onboardings.ofTenant(tenantId, application)).hasSize(found ? 1 : 0);
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "yesterday", "call-center/", "call-center/yesterday", "2026-03-04"})
    void anAnnotationThatSaysNoTimeIsNoTime(String consentReturned) {
        assertThat(KnownOnboarding.of(onboarding(consentReturned)).consentReturned())
                .isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var body = (status == 200
                            ? "{\"apiVersion\":\"onboarding.tenantops.dev/v1alpha1\",\"kind\":\"TenantOnboarding\"}"
                            : "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"code\":" + status + "}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static KnownOnboarding known() {
        return new KnownOnboarding(UID, "customers", "contoso", TENANT, Optional.empty());
    }

    private static TenantOnboarding onboarding(String consentReturned) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withUid(UID)
                .withNamespace("customers")
                .withName("contoso")
                .withAnnotations(
                        consentReturned == null
                                ? null
                                : Map.of("onboarding.tenantops.dev/consent-returned", consentReturned))
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(TENANT, List.of(), null, null, false));
        return onboarding;
    }
}
