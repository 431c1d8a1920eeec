package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A service that answers nobody is noticed once, and not by each tenant for itself. */
class DeadMicrosoftTest {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Answer EMPTY = Answer.json("{\"responses\":[]}");

    static final List<Answer> DEAD = List.of(
            new Answer(500, JSON, "{\"error\":{\"code\":\"InternalServerError\"}}"),
            new Answer(503, JSON, "{\"error\":{\"code\":\"serviceNotAvailable\"}}"),
            new Answer(502, Map.of("Content-Type", "text/html"), "<html>Bad gateway</html>"),
            new Answer(504, Map.of(), ""));

    static final List<Answer> ALIVE_GRAPH = List.of(
            new Answer(503, Map.of("Retry-After", "9"), ""),
            new Answer(503, JSON, "{\"error\":{\"code\":\"Request_ThrottledTemporarily\"}}"),
            new Answer(429, Map.of(), ""),
            new Answer(429, Map.of("Retry-After", "9"), ""),
            new Answer(400, JSON, "{\"error\":{\"code\":\"BadRequest\"}}"),
            new Answer(403, JSON, "{\"error\":{\"code\":\"Authorization_RequestDenied\"}}"),
            new Answer(200, Map.of("Content-Type", "text/html"), "<html>Sign in to the guest network</html>"),
            Answer.json("x".repeat(2 * 1024 * 1024)));

    static final List<Answer> ALIVE_LOGIN = List.of(
            new Answer(401, JSON, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid.\"}"),
            new Answer(400, JSON, "{\"error\":\"x\",\"error_description\":\"AADSTS90002: No such tenant.\"}"),
            new Answer(500, JSON, "{\"error\":\"x\",\"error_description\":\"AADSTS7000229: No service principal.\"}"),
            new Answer(429, Map.of(), ""),
            new Answer(503, Map.of("Retry-After", "9"), ""));

    private final VirtualClock clock = new VirtualClock(Instant.now());
    private final List<String> heard = new ArrayList<>();
    private final CertificateAuthority authority = CertificateAuthority.create("Dead Microsoft");

    @AutoClose
    private ScriptedMicrosoft login;

    @AutoClose
    private ScriptedMicrosoft graph;

    @AutoClose
    private GraphTenantDirectory directory;

    private CloudEndpoints cloud;

    @BeforeEach
    void start() throws IOException {
        login = ScriptedMicrosoft.start(authority);
        graph = ScriptedMicrosoft.start(authority);
        login.answer(_ -> Answer.token("a token", 3600));
        graph.answer(_ -> EMPTY);
        cloud = new CloudEndpoints(Cloud.Custom, login.url(), graph.url());
        directory = new GraphTenantDirectory(
                Laboratory.settings(authority, 1024 * 1024), clock, clock::nanos, new RequestListener() {
                    @Override
                    public void requested(Kind kind, Outcome outcome, Duration duration) {
                        // What is asked is counted where it arrives.
                    }

                    @Override
                    public void circuit(Service service, URI at, boolean open) {
                        heard.add(service + " " + at.getPort() + " " + open);
                    }
                });
    }

    @ParameterizedTest
    @FieldSource("DEAD")
    void aDeadGraphIsAskedByThreeTenantsAndThenByOneAtATime(Answer dead) {
        graph.answer(_ -> dead);
        Failure third = failures(1, 2, 3).getLast();
        assertThat(graph.received()).hasSize(3);
        assertThat(failures(4, 5, 6)).as("the same as those before").containsOnly(third);
        assertThat(graph.received()).hasSize(3);
        clock.advance(Circuit.SHORTEST);
        graph.answer(_ -> EMPTY);
        read(7);
        read(8);
        assertThat(graph.received()).hasSize(5);
        assertThat(heard)
                .containsSubsequence(
                        "Graph " + graph.url().getPort() + " true",
                        "Graph " + graph.url().getPort() + " false")
                .doesNotContain("Login " + login.url().getPort() + " true");
    }

    @ParameterizedTest
    @FieldSource("DEAD")
    void aDeadLoginIsAskedByThreeTenantsAndThenByOneAtATime(Answer dead) {
        login.answer(_ -> dead);
        failures(1, 2, 3);
        assertThat(login.received()).hasSize(3);
        assertThat(failures(4).getFirst().message())
                .isEqualTo(failures(3).getFirst().message().replace(tenant(3), tenant(4)));
        assertThat(login.received()).hasSize(3);
        clock.advance(Circuit.SHORTEST);
        login.answer(_ -> Answer.token("a token", 3600));
        read(5);
        read(6);
        assertThat(login.received()).hasSize(5);
        assertThat(heard).contains("Login " + login.url().getPort() + " true");
    }

    @ParameterizedTest
    @FieldSource("ALIVE_GRAPH")
    void whatGraphSaysToOneTenantIsNotThatItIsDead(Answer answer) {
        graph.answer(_ -> answer);
        failures(1, 2, 3, 4);
        assertThat(graph.received()).extracting(it -> it.path()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(heard).noneMatch(it -> it.endsWith("true"));
    }

    @ParameterizedTest
    @FieldSource("ALIVE_LOGIN")
    void whatEntraIdFindsOfATenantIsNotThatItIsDead(Answer answer) {
        login.answer(_ -> answer);
        failures(1, 2, 3, 4);
        assertThat(login.received().stream().filter(it -> it.path().endsWith("/token")))
                .hasSize(4);
        assertThat(heard).noneMatch(it -> it.endsWith("true"));
    }

    @Test
    void aClosedPortIsNoAnswer() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cloud = new CloudEndpoints(
                    Cloud.Custom, login.url(), URI.create("https://localhost:" + socket.getLocalPort()));
        }
        List<Failure> failures = failures(1, 2, 3, 4);
        assertThat(heard).contains("Graph " + cloud.graph().getPort() + " true");
        assertThat(failures).as("told alike, so that nothing flaps").containsOnly(failures.getFirst());
    }

    @Test
    void oneTenantThatIsNotAnsweredOpensNothing() {
        graph.answer(_ -> DEAD.getFirst());
        failures(1, 1, 1, 1, 2, 1, 2, 1);
        assertThat(graph.received()).hasSize(8);
        assertThat(heard).noneMatch(it -> it.endsWith("true"));
    }

    @Test
    void itIsLoggedOnceWhenItDiesAndOnceWhenItIsBack() {
        graph.answer(_ -> DEAD.getFirst());
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            failures(1, 2, 3, 4);
            for (int trial = 5; trial < 9; trial++) {
                clock.advance(Circuit.LONGEST);
                failures(trial);
            }
            graph.answer(_ -> EMPTY);
            clock.advance(Circuit.LONGEST);
            read(9);
            assertThat(log.lines().stream()
                            .filter(it -> it.logger().startsWith("dev.tenantops"))
                            .map(CapturedLog.Line::text))
                    .satisfiesExactly(
                            dead -> assertThat(dead)
                                    .startsWith(
                                            "Microsoft Graph at " + graph.url().getAuthority()),
                            back -> assertThat(back).endsWith("answers again."));
        }
    }

    private List<Failure> failures(int... tenants) {
        List<Failure> failures = new ArrayList<>();
        for (int tenant : tenants) {
            failures.add(read(tenant).applications().ifFailed().orElseThrow());
        }
        return failures;
    }

    private static String tenant(int number) {
        return "3c1f6d0e-0000-4000-9000-%012d".formatted(number);
    }

    private TenantObservation read(int tenant) {
        return directory.read(new TenantQuery(
                cloud,
                tenant(tenant),
                new Verifier(Laboratory.VERIFIER, new Credential.ClientSecret("1", "s3cret")),
                List.of(new TenantQuery.ApplicationQuery(Laboratory.clientId(1), Optional.empty())),
                Set.of(),
                false));
    }
}
