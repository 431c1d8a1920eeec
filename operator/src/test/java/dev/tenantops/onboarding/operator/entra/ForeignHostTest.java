package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token goes to Microsoft Graph and nowhere else, whatever Microsoft Graph's answers refer to. */
class ForeignHostTest {

    private final Laboratory laboratory = new Laboratory();
    private ScriptedMicrosoft attacker;

    @BeforeEach
    void start() throws IOException {
        attacker = ScriptedMicrosoft.start(laboratory.authority);
        attacker.answer(request -> Answer.json("{\"value\":[]}"));
    }

    @AfterEach
    void stop() {
        attacker.close();
        laboratory.close();
    }

    @Test
    void aNextLinkToAnotherHostIsNotFollowed() {
        List<String> one = laboratory.install(TENANT, 1);
        laboratory.tenants.fail(Fault.on(
                        RequestKind.BATCH_ITEM,
                        new Effect.ForeignNextLink(attacker.url().toString()))
                .onPath("*/appRoleAssignments"));
        ApplicationObservation seen = laboratory.applications(TENANT, one).get(one.getFirst());
        assertThat(seen.appRoleAssignments().ifFailed())
                .hasValueSatisfying(it -> assertThat(it.message()).contains("another host"));
        assertThat(attacker.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        try (ScriptedMicrosoft microsoft = ScriptedMicrosoft.start(laboratory.authority)) {
            microsoft.answer(request -> request.path().endsWith("/token")
                    ? Answer.token("a token", 3600)
                    : new Answer(status, Map.of("Location", attacker.url() + "/v1.0/$batch"), ""));
            TenantObservation seen = laboratory.read(microsoft.cloud(), TENANT);
            assertThat(seen.applications().ifFailed()).isPresent();
            assertThat(microsoft.received()).hasSize(2);
            assertThat(attacker.received()).isEmpty();
        }
    }

    @Test
    void aRedirectOfTheSignInTakesNoSecretAlong() throws IOException {
        try (ScriptedMicrosoft microsoft = ScriptedMicrosoft.start(laboratory.authority)) {
            microsoft.answer(request -> new Answer(307, Map.of("Location", attacker.url() + "/oauth2/v2.0/token"), ""));
            assertThat(laboratory.read(microsoft.cloud(), TENANT).applications().ifFailed())
                    .isPresent();
            assertThat(microsoft.received()).hasSize(1);
            assertThat(attacker.received()).isEmpty();
        }
    }

    @Test
    void theGuardItselfAddsTheTokenForItsOwnOriginOnly() {
        HttpClients clients = new HttpClients(
                Laboratory.settings(laboratory.authority, 1024),
                Ticker.systemTicker(),
                new GraphGuard(1024, Clock.systemUTC()));
        try (clients) {
            OkHttpClient client = clients.graph();
            GraphSession session = new GraphSession(laboratory.cloud(), Laboratory.TENANT, "a token");
            Request foreign = new Request.Builder()
                    .url(attacker.url().toString())
                    .tag(GraphSession.class, session)
                    .build();
            assertThatThrownBy(() -> client.newCall(foreign).execute())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another host");
            Request withoutSession = new Request.Builder()
                    .url(laboratory.simulator.url().toString())
                    .build();
            assertThatThrownBy(() -> client.newCall(withoutSession).execute()).isInstanceOf(IOException.class);
            assertThat(attacker.received()).isEmpty();
        }
    }

    @Test
    void aCloudWithoutTlsIsRefused() {
        URI plain = URI.create("http://localhost:1");
        assertThatThrownBy(() -> laboratory.read(new CloudEndpoints(Cloud.Custom, plain, plain), TENANT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
