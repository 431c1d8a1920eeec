package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.Canary;
import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Answer;
import dev.tenantops.onboarding.operator.entra.ScriptedMicrosoft.Request;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Whatever login and Graph, or a gateway in their place, say back to the operator of what it sent: no credential and no
 * token is in what it makes of the answer, or in its log at any level.
 */
class SecretsStayHiddenTest {

    private static final String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    private static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";
    private static final String APPLICATION = "aaaaaaaa-0000-4000-8000-000000000001";
    private static final Canary SECRET = new Canary("Kq38Q~canary-Secret_4xZ.value/+%&word");
    private static final Canary TOKEN = new Canary("eyJ0eXAiOiJKV1QifQ." + "c4n4ry".repeat(30) + ".c2lnbmF0dXJl");
    private static final Pattern PROOF = Pattern.compile("(?:client_secret|client_assertion)=([^&]+)");
    private static final Pattern ITEM = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** How an answer repeats what it was asked with. */
    private record Echo(String name, BiFunction<Request, String, Answer> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The text is a secret that was sent. */
    static final List<Echo> BY_ANYBODY = List.of(
            new Echo("a page", (_, text) -> html(200, text)),
            new Echo("a gateway's page", (_, text) -> html(502, text)),
            new Echo("a portal's page", (_, text) -> html(511, text)),
            new Echo("plain text", (_, text) -> new Answer(400, Map.of("Content-Type", "text/plain"), text)),
            new Echo("the whole request", (request, text) -> html(500, text + request.headers() + request.body())),
            new Echo(
                    "a redirect",
                    (_, text) -> new Answer(
                            302,
                            Map.of("Location", "https://elsewhere.example/?secret=" + text.replaceAll("\\s", "")),
                            text)),
            new Echo("a Retry-After", (_, text) -> new Answer(429, Map.of("Retry-After", oneLine(text)), "{}")),
            new Echo(
                    "a challenge",
                    (_, text) -> new Answer(
                            401, Map.of("WWW-Authenticate", "Bearer claims=\"" + oneLine(text) + "\""), "{}")),
            new Echo("half a JSON object", (_, text) -> Answer.json("{\"error\":\"" + json(text))),
            new Echo("a JSON string", (_, text) -> Answer.json("\"" + json(text) + "\"")),
            new Echo("names of fields", (_, text) -> Answer.json("{\"%1$s\":{\"%1$s\":1}}".formatted(json(text)))));

    static final List<Echo> BY_LOGIN = Stream.concat(
                    BY_ANYBODY.stream(),
                    Stream.of(
                            loginError("a refused secret", "invalid_client", "AADSTS7000215: Invalid secret %s."),
                            loginError("a refused assertion", "invalid_client", "AADSTS700027: Assertion %s."),
                            loginError("an ended secret", "invalid_client", "AADSTS7000222: %s."),
                            loginError("an unknown tenant", "invalid_request", "AADSTS90002: Tenant %s not found."),
                            loginError("an unknown code", "invalid_request", "AADSTS9999999: %s."),
                            loginError("no code", "server_error", "%s"),
                            new Echo(
                                    "an error that is the secret",
                                    (_, text) -> new Answer(
                                            400,
                                            JSON,
                                            "{\"error\":\"%1$s\",\"suberror\":\"%1$s\"}".formatted(json(text)))),
                            new Echo(
                                    "a token without a life",
                                    (_, text) -> Answer.json(
                                            "{\"access_token\":\"%s\",\"expires_in\":\"x\"}".formatted(json(text)))),
                            new Echo(
                                    "a blank token",
                                    (_, text) -> Answer.json("{\"access_token\":\" \",\"expires_in\":3599,\"x\":\"%s\"}"
                                            .formatted(json(text))))))
            .toList();

    static final List<Echo> BY_GRAPH = Stream.concat(
                    BY_ANYBODY.stream(),
                    Stream.of(
                            graphError(400),
                            graphError(401),
                            graphError(403),
                            graphError(404),
                            graphError(429),
                            graphError(503),
                            items("items that failed", 403, "{\"error\":{\"code\":\"%1$s\",\"message\":\"%1$s\"}}"),
                            items("items that are text", 200, "\"%1$s\""),
                            items(
                                    "a page elsewhere",
                                    200,
                                    "{\"value\":[],\"@odata.nextLink\":\"https://elsewhere.example/?t=%1$s\"}"),
                            items("a link that is none", 200, "{\"value\":[],\"@odata.nextLink\":\"%1$s\"}"),
                            items(
                                    "records of it",
                                    200,
                                    "{\"value\":[{\"id\":\"%1$s\",\"appId\":\"%1$s\",\"displayName\":\"%1$s\"}]}")))
            .toList();

    private final List<Canary> sent = new ArrayList<>();

    @TempDir
    private Path folder;

    private ScriptedMicrosoft microsoft;
    private GraphTenantDirectory directory;
    private CapturedLog log;

    @BeforeEach
    void start() throws IOException {
        CertificateAuthority authority = CertificateAuthority.create("Simulated Microsoft");
        microsoft = ScriptedMicrosoft.start(authority);
        directory = new GraphTenantDirectory(
                Laboratory.settings(authority, 1024 * 1024), Clock.systemUTC(), RequestListener.NONE);
        log = new CapturedLog(Level.ALL);
    }

    @AfterEach
    void stop() {
        log.close();
        directory.close();
        microsoft.close();
    }

    @ParameterizedTest
    @FieldSource("BY_LOGIN")
    void aClientSecretThatLoginRepeats(Echo echo) {
        loginRepeats(echo);
        assertHidden(read(new Credential.ClientSecret("1", SECRET.value())));
    }

    @ParameterizedTest
    @FieldSource("BY_LOGIN")
    void theAssertionOfACertificateThatLoginRepeats(Echo echo) throws Exception {
        loginRepeats(echo);
        KeyPair keys = CredentialsTest.keys("RSA");
        String key = CredentialsTest.pem("PRIVATE KEY", keys);
        key.lines().filter(it -> !it.startsWith("-----")).map(Canary::new).forEach(sent::add);
        assertHidden(read(new Credential.Certificate(
                "1", CredentialsTest.pem(CredentialsTest.certificate(keys, Duration.ofDays(1))), key)));
    }

    @ParameterizedTest
    @FieldSource("BY_LOGIN")
    void aFederatedTokenThatLoginRepeats(Echo echo) throws IOException {
        loginRepeats(echo);
        Path file = folder.resolve("token");
        Files.writeString(file, CredentialsTest.serviceAccountToken("canary"));
        assertHidden(read(new Credential.FederatedToken(Optional.of(file.toString()))));
    }

    @ParameterizedTest
    @FieldSource("BY_GRAPH")
    void anAccessTokenThatGraphRepeats(Echo echo) {
        sent.add(TOKEN);
        microsoft.answer(request -> request.path().contains("/oauth2/")
                ? Answer.token(TOKEN.value(), 3599)
                : echo.answer().apply(request, TOKEN.value()));
        assertHidden(read(new Credential.ClientSecret("1", SECRET.value())));
    }

    private void loginRepeats(Echo echo) {
        microsoft.answer(request -> {
            var proof = PROOF.matcher(request.body());
            if (!proof.find()) {
                return new Answer(404, Map.of(), "");
            }
            String secret = URLDecoder.decode(proof.group(1), StandardCharsets.UTF_8);
            sent.add(new Canary(secret));
            return echo.answer().apply(request, secret);
        });
    }

    private TenantObservation read(Credential credential) {
        return directory.read(new TenantQuery(
                microsoft.cloud(),
                TENANT,
                new Verifier(VERIFIER, credential),
                List.of(new ApplicationQuery(APPLICATION, Optional.empty())),
                Set.of(),
                false));
    }

    private void assertHidden(TenantObservation observation) {
        assertThat(sent).as("what the server was sent").isNotEmpty();
        assertThat(observation.applications().ifFailed()).as("the failure").isPresent();
        sent.add(SECRET);
        for (Canary canary : sent) {
            canary.assertAbsentFrom("what was observed", observation.toString());
            canary.assertAbsentFrom("the log", log.text());
        }
    }

    private static Echo loginError(String name, String error, String description) {
        return new Echo(
                name,
                (_, text) -> new Answer(
                        400,
                        JSON,
                        "{\"error\":\"%s\",\"error_description\":\"%s\"}"
                                .formatted(error, description.formatted(json(text)))));
    }

    private static Echo graphError(int status) {
        return new Echo(
                "an error " + status,
                (_, text) -> new Answer(
                        status,
                        JSON,
                        "{\"error\":{\"code\":\"%1$s\",\"message\":\"%1$s\",\"innerError\":{\"code\":\"%1$s\"}}}"
                                .formatted(json(text))));
    }

    /** Every item of the batch gets this answer. */
    private static Echo items(String name, int status, String body) {
        return new Echo(
                name,
                (request, text) -> Answer.json("{\"responses\":["
                        + String.join(
                                ",",
                                ITEM.matcher(request.body())
                                        .results()
                                        .map(it ->
                                                "{\"id\":\"%s\",\"status\":%d,\"headers\":{\"Retry-After\":\"%s\"},\"body\":%s}"
                                                        .formatted(
                                                                it.group(1),
                                                                status,
                                                                json(text),
                                                                body.formatted(json(text))))
                                        .toList())
                        + "]}"));
    }

    private static Answer html(int status, String text) {
        return new Answer(status, Map.of("Content-Type", "text/html"), "<html><p>" + text + "</p></html>");
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s", "");
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
