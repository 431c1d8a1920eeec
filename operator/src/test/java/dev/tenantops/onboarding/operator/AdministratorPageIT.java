package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.consent.PageLink;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.PageProgram;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program in mode Page, beside a real API server, with an account that may read onboardings and catalogs and
 * patch onboardings, and nothing else.
 */
class AdministratorPageIT {

    @RegisterExtension
    static final TestApiServer API = new TestApiServer(dev.tenantops.onboarding.sandbox.Samples.definitions());

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OUTSIDE = "<script>alert(1)</script>";

    @TempDir
    static Path folder;

    private static PageProgram program;
    private static InterruptedWay way;
    private static OperatorProcess page;
    private static PageReader reader;
    private static int port;

    private TenantOnboarding onboarding;

    @BeforeAll
    static void start() throws IOException {
        program = new PageProgram(API.server(), API.client(), folder);
        way = new InterruptedWay(API.client().getMasterUrl().getPort());
        port = OperatorProcess.freePort();
        write(key(1));
        page = process(Map.of());
        reader = new PageReader(OperatorProcess.urlOf(port));
        API.client().resource(Samples.catalog(Samples.CATALOG)).create();
        API.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("customer-contoso")
                        .endMetadata()
                        .build())
                .create();
        await().atMost(PATIENCE).until(() -> page.isReady());
    }

    @AfterAll
    static void end() {
        reader.close();
        page.close();
        way.close();
    }

    private static OperatorProcess process(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("ONBOARDING_PAGE_REQUESTS_PER_ADDRESS", "1000000"));
        all.putAll(settings);
        return OperatorProcess.start(
                program.launch(URI.create("https://127.0.0.1:" + way.port()), OperatorProcess.urlOf(port), all),
                port,
                Path.of("target", "administrator-page.log"));
    }

    @BeforeEach
    void create() {
        onboarding = onboarding();
        await().atMost(PATIENCE).until(() -> reader.get(path()).statusCode() == 200);
    }

    private static TenantOnboarding onboarding() {
        var onboarding = Samples.onboarding(Samples.ONBOARDING);
        onboarding.getMetadata().setName("contoso-" + UUID.randomUUID());
        onboarding.getMetadata().setUid(null);
        var created = API.client().resource(onboarding).create();
        status(created, "ConsentRequired", "ConsentRequired");
        return created;
    }

    private static void status(TenantOnboarding onboarding, String state, String reason) {
        var merge = """
                {"status": {"observedGeneration": 1, "granted": "0/1", "lastVerified": "%s", "validUntil": "%s", "conditions": [{"type": "Ready", "status": "False",
                  "reason": "%s", "message": "%s & %s", "lastTransitionTime": "2026-03-01T12:00:00Z"}],
                 "applications": [{"catalog": "heedify", "name": "presence", "displayName": "Heedify Presence",
                  "clientId": "%s", "state": "%s",
                  "consentUrl": "https://login.example.com/x?state=%s.presence"}]}}
                """.formatted(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS),
                        Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS),
                        reason,
                        reason,
                        OUTSIDE,
                        Samples.PRESENCE,
                        state,
                        onboarding.getMetadata().getUid());
        API.client().resource(onboarding).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    private static byte[] key(int number) {
        var key = new byte[PageKeys.LEAST_BYTES];
        Arrays.fill(key, (byte) number);
        return key;
    }

    private static void write(byte[] key) throws IOException {
        Files.write(program.keys().resolve("key-" + key[0]), key);
    }

    private static String token(PageLink link, int number) {
        return new PageLinks(OperatorProcess.urlOf(port), () -> PageKeys.of(Map.of(number, key(number)), Set.of()))
                .token(link)
                .orElseThrow();
    }

    private String path() {
        return PageLinks.PATH + token();
    }

    private String token() {
        return token(PageLink.of(onboarding), 1);
    }

    private void spec(String merge) {
        API.client().resource(onboarding).patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + merge + "}");
    }

    @Test
    void aPageShowsItsOnboardingWithEveryHeaderThatKeepsItToItself() {
        var answer = reader.get(path());
        assertThat(answer.body())
                .contains("data-ready=\"False\"")
                .contains("data-application=\"heedify/presence\"")
                .contains("data-action=\"consent\"")
                .doesNotContain(OUTSIDE);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("X-Robots-Tag").orElseThrow()).contains("noindex");
        assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains(
                        "HttpOnly",
                        "SameSite=Lax",
                        "Path=/consent/callback",
                        onboarding.getMetadata().getUid());
        assertThat(reader.get("/assets/page.js").headers().firstValue("X-Content-Type-Options"))
                .contains("nosniff");
        assertThat(reader.get("/assets/accent-00ff7f.css").body()).contains("#00ff7f");
        assertThat(reader.get("/assets/accent-zz.css").statusCode()).isEqualTo(404);
    }

    @Test
    void everyRouteAnswersGetAndHeadAlike() {
        for (String rest : List.of("", "/content", "/pack.md", "/pack.txt", "/proof")) {
            assertThat(reader.get(path() + rest).statusCode()).as(rest).isEqualTo(200);
            assertThat(reader.send("HEAD", path() + rest).statusCode()).as(rest).isEqualTo(200);
        }
        assertThat(reader.send("HEAD", path() + "/events").statusCode()).isEqualTo(200);
        assertThat(reader.send("HEAD", path() + "/else").statusCode()).isEqualTo(404);
        assertThat(reader.send("POST", path()).statusCode()).isEqualTo(405);
    }

    @Test
    void theLanguageIsTheOneThatIsAskedForElseTheBrowsers() {
        assertThat(reader.get(path(), "Accept-Language", "de-CH, en;q=0.5").body())
                .contains("lang=\"de\"");
        assertThat(reader.get(path() + "?lang=en", "Accept-Language", "de").body())
                .contains("lang=\"en\"");
        assertThat(reader.get(path(), "Accept-Language", "fr").body()).contains("lang=\"en\"");
    }

    @Test
    void requestsAreTimedByWhatTheyAreForAndTellNoLink() {
        var token = path().substring(PageLinks.PATH.length());
        reader.get(path());
        reader.get(PageLinks.PATH + "forged");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page.metrics().orElseThrow())
                        .anyMatch(it -> it.startsWith(
                                        "tenant_onboarding_page_request_duration_seconds_count{outcome=\"Succeeded\",route=\"Page\"")
                                && !it.endsWith(" 0.0"))
                        .anyMatch(it -> it.startsWith(
                                        "tenant_onboarding_page_request_duration_seconds_count{outcome=\"Denied\",route=\"Page\"")
                                && !it.endsWith(" 0.0"))
                        .noneMatch(it -> it.contains(token)));
    }

    @Test
    void nothingOfTheOperatorRunsBesideThePage() {
        assertThat(page.metrics().orElseThrow())
                .filteredOn(it -> it.startsWith("tenant_onboarding_"))
                .allMatch(it ->
                        it.startsWith("tenant_onboarding_page_") || it.startsWith("tenant_onboarding_build_info"));
        assertThat(API.client().leases().inAnyNamespace().list().getItems())
                .noneMatch(it -> it.getMetadata().getName().startsWith("tenant-onboarding"));
        assertThat(page.lives()).isTrue();
    }

    @Test
    void forgedUnknownRevokedAndDeletedLinksLeadToTheSameWords() {
        var link = PageLink.of(onboarding);
        var unknown = new PageLink(UUID.randomUUID().toString(), 1, Optional.empty());
        var forged = reader.get(PageLinks.PATH + token(link, 7));
        assertThat(forged.statusCode()).isEqualTo(404);
        var tokens = Map.of(
                "unknown", token(unknown, 1), "other version", token(new PageLink(link.uid(), 2, link.end()), 1));
        tokens.forEach((what, token) -> {
            var answer = reader.get(PageLinks.PATH + token);
            assertThat(answer.statusCode()).as(what).isEqualTo(404);
            assertThat(answer.body()).as(what).isEqualTo(forged.body());
        });
        var path = path();
        API.client().resource(onboarding).delete();
        await().atMost(PATIENCE).until(() -> reader.get(path).statusCode() == 404);
        assertThat(reader.get(path).body()).isEqualTo(forged.body());
    }

    @Test
    void aLinkThatWasGoodOnceSaysThatItHasExpired() {
        var ended = new PageLink(
                onboarding.getMetadata().getUid(), 1, Optional.of(Instant.now().minus(1, ChronoUnit.DAYS)));
        var answer = reader.get(PageLinks.PATH + token(ended, 1));
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("expired");
    }

    @Test
    void anOpenPageIsToldOfAChangeOnceAndOfNothingElse() {
        var events = reader.events(path() + "/events");
        await().atMost(PATIENCE).until(() -> changes(events).size() == 1);
        status(onboarding, "Granted", "AllGranted");
        await().atMost(PATIENCE).until(() -> changes(events).size() == 2);
        assertThat(reader.get(path() + "/content").body())
                .contains("data-state=\"Granted\"")
                .doesNotContain("<html");
        assertThat(changes(events)).doesNotHaveDuplicates();
    }

    @Test
    void anOpenPageOfARevokedLinkEnds() {
        var path = path();
        var events = reader.events(path + "/events");
        await().atMost(PATIENCE).until(() -> !changes(events).isEmpty());
        spec("{\"page\": {\"linkVersion\": 2}}");
        await().atMost(PATIENCE).until(() -> events.contains("end"));
        assertThat(events).contains("event:ended");
        assertThat(reader.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void anOpenPageOfADeletedOnboardingEnds() {
        var events = reader.events(path() + "/events");
        await().atMost(PATIENCE).until(() -> !changes(events).isEmpty());
        API.client().resource(onboarding).delete();
        await().atMost(PATIENCE).until(() -> events.contains("end"));
        assertThat(events).contains("event:ended");
    }

    @Test
    void anOpenPageEndsWhenItsTimeHasCome() {
        var path = path();
        var events = reader.events(path + "/events");
        await().atMost(PATIENCE).until(() -> !changes(events).isEmpty());
        spec("{\"page\": {\"expires\": \"%s\"}}"
                .formatted(Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS)));
        await().atMost(PATIENCE).until(() -> events.contains("end"));
        assertThat(events).contains("event:ended");
        assertThat(reader.get(path).statusCode()).isEqualTo(410);
    }

    @Test
    void keysComeAndGoWhileItRuns() throws IOException {
        var link = PageLink.of(onboarding);
        assertThat(reader.get(PageLinks.PATH + token(link, 2)).statusCode()).isEqualTo(404);
        write(key(2));
        await().atMost(PATIENCE)
                .until(() -> reader.get(PageLinks.PATH + token(link, 2)).statusCode() == 200);
        assertThat(reader.get(path()).statusCode()).isEqualTo(200);
        Files.delete(program.keys().resolve("key-2"));
        await().atMost(PATIENCE)
                .until(() -> reader.get(PageLinks.PATH + token(link, 2)).statusCode() == 404);
    }

    @Test
    void eventStreamsAreBounded() {
        var streams = IntStream.range(0, 50)
                .mapToObj(_ -> reader.events(path() + "/events"))
                .toList();
        await().atMost(PATIENCE).until(() -> streams.stream().allMatch(it -> it.contains("status 200")));
        var answer = reader.get(path() + "/events");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(reader.get(path()).statusCode()).isEqualTo(200);
    }

    @Test
    void oneLinkIsGoodForSoManyRequestsAMinute() {
        var answers = IntStream.range(0, 300)
                .mapToObj(_ -> reader.get(path() + "/pack.txt"))
                .toList();
        var refused = answers.stream()
                .filter(it -> it.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(answers.getFirst().statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverComesFromThePageIsLedBackToItAndNobodyElse() {
        var uid = onboarding.getMetadata().getUid();
        var callback = "/consent/callback?admin_consent=True&tenant=" + Samples.TENANT + "&state=" + uid + ".presence";
        var cookie = "onboarding-" + uid + "=" + token();

        var led = reader.get(callback, "Cookie", cookie);
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.headers().firstValue("Location"))
                .contains(OperatorProcess.urlOf(port) + path() + "?consent=presence&outcome=Reported");
        assertThat(API.client().resource(onboarding).get().getMetadata().getAnnotations())
                .containsKey("reconcile.fluxcd.io/requestedAt");

        var other = onboarding();
        await().atMost(PATIENCE)
                .until(() -> reader.get(PageLinks.PATH + token(PageLink.of(other), 1))
                                .statusCode()
                        == 200);
        var strangers = Map.of(
                "none", "x=y",
                "forged", "onboarding-" + uid + "=" + token(PageLink.of(onboarding), 7),
                "of another onboarding", "onboarding-" + uid + "=" + token(PageLink.of(other), 1),
                "under another name", "onboarding-" + other.getMetadata().getUid() + "=" + token(),
                "of no form", "onboarding-" + uid + "=" + "A".repeat(3000));
        strangers.forEach((what, value) -> {
            var answer = reader.get(callback, "Cookie", value);
            assertThat(answer.statusCode()).as(what).isEqualTo(200);
            assertThat(answer.headers().firstValue("Location")).as(what).isEmpty();
            assertThat(answer.body()).as(what).doesNotContain(token());
        });
        var refused = reader.get(
                "/consent/callback?error=access_denied&error_description=AADSTS65004&state=" + uid + ".presence",
                "Cookie",
                cookie);
        assertThat(refused.headers().firstValue("Location").orElseThrow()).endsWith("outcome=Declined");
        var elsewhere =
                reader.get(callback.replace(Samples.TENANT, UUID.randomUUID().toString()), "Cookie", cookie);
        assertThat(elsewhere.headers().firstValue("Location").orElseThrow()).endsWith("outcome=OtherTenant");
        assertThat(reader.get(callback + "&state=" + uid + ".presence", "Cookie", cookie)
                        .statusCode())
                .as("a parameter twice")
                .isEqualTo(200);
    }

    @Test
    void anOpenPageReconnectsToTheNextProcess() {
        var path = path();
        var events = reader.events(path + "/events");
        await().atMost(PATIENCE).until(() -> !changes(events).isEmpty());
        page.stop();
        await().atMost(PATIENCE).until(() -> events.contains("end"));
        page = process(Map.of());
        await().atMost(PATIENCE).until(() -> page.isReady());
        var again = reader.events(path + "/events");
        await().atMost(PATIENCE).until(() -> !changes(again).isEmpty());
        assertThat(changes(again).getLast()).isEqualTo(changes(events).getLast());
    }

    /** With a seed of its own, so that what failed fails again. */
    @Test
    void whateverIsSentIsAnsweredWithoutAnErrorOfOursAndNeverEchoed() {
        var seed = Long.getLong("fuzz.seed", 20260301L);
        var random = new Random(seed);
        var uid = onboarding.getMetadata().getUid();
        var parameters = List.of(
                "lang",
                "consent",
                "outcome",
                "state",
                "tenant",
                "admin_consent",
                "error",
                "error_description",
                "error_subcode",
                "error_uri",
                "scope");
        var headers = List.of(
                "Accept-Language",
                "Cookie",
                "X-Forwarded-For",
                "Forwarded",
                "Accept",
                "X-Forwarded-Host",
                "Last-Event-ID",
                "Range",
                "If-None-Match",
                "User-Agent",
                "Accept-Encoding");
        var paths = List.of(
                path(),
                path() + "/content",
                path() + "/pack.md",
                path() + "/proof",
                "/consent/callback",
                "/",
                PageLinks.PATH,
                PageLinks.PATH + "x",
                "/assets/page.js",
                "/assets/accent-ffffff.css",
                path() + "/events");
        for (int round = 0; round < 600; round++) {
            var marker = "zqx" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
            var query = random.ints(random.nextInt(5), 0, parameters.size())
                    .mapToObj(it -> parameters.get(it) + "="
                            + URLEncoder.encode(value(random, marker, uid), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            var path = paths.get(random.nextInt(paths.size()));
            if (random.nextInt(4) == 0) {
                path = PageLinks.PATH + URLEncoder.encode(value(random, marker, uid), StandardCharsets.UTF_8);
            }
            var header = headers.get(random.nextInt(headers.size()));
            var headerValue = value(random, marker, uid).replaceAll("[^\\x20-\\x7e]", "?");
            var method = path.endsWith("/events") || random.nextInt(8) == 0 ? "HEAD" : "GET";
            var answer = reader.send(method, path + "?" + query, header, headerValue);
            var what = "seed " + seed + ", round " + round + ": " + method + " " + path + "?" + query + " " + header
                    + ": " + headerValue;
            assertThat(answer.statusCode()).as(what).isLessThan(500);
            assertThat(answer.body()).as(what).doesNotContain(marker).hasSizeLessThan(1_000_000);
            assertThat(answer.headers().map().toString()).as(what).doesNotContain(marker);
        }
        assertThat(reader.get(path()).statusCode()).isIn(200, 429);
        assertThat(page.lives()).isTrue();
    }

    private static String value(Random random, String marker, String uid) {
        return switch (random.nextInt(10)) {
            case 0 -> marker.repeat(1 + random.nextInt(300));
            case 1 -> "<script>" + marker + "</script>";
            case 2 -> "\"'><img src=x onerror=" + marker + ">";
            case 3 -> uid + "." + marker;
            case 4 -> marker + "\r\nSet-Cookie: a=" + marker;
            case 5 -> "{" + marker + "}{#include " + marker + "/}";
            case 6 -> "\u0000\uFFFF\u202E" + marker;
            case 7 -> "../../" + marker;
            case 8 -> "onboarding-" + uid + "=" + marker;
            default ->
                random.ints(random.nextInt(60), 0, 0x250)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        + marker;
        };
    }

    /** The revisions that were told. */
    private static List<String> changes(List<String> events) {
        return IntStream.range(0, events.size() - 1)
                .filter(it -> events.get(it).equals("event:changed"))
                .mapToObj(it -> events.get(it + 1))
                .toList();
    }
}
