package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.page.openid.OpenIdProvider;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** What the vendor's own people see, in a real browser, signed in at a real OpenID provider. Pictures in target/screenshots. */
class VendorPageIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static KubernetesClient client;
    private static OperatorProcess page;
    private static OpenIdProvider provider;
    private static HttpResponse<String> beforeTheProvider;

    private ChromeDriver browser;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(PICTURES);
        server = ApiServer.start();
        client = server.newClient();
        server.define(Samples.definitions());
        onboarding("customer-a", "contoso", "Contoso & Söhne <GmbH>", "False", "ConsentRequired", "1/5");
        onboarding("team-x", "adatum", "=Adatum", "True", "Onboarded", "5/5");
        onboarding("customer-b", "fabrikam", "Fabrikam", "False", "CredentialsExpired", "0/5");

        var port = OperatorProcess.freePort();
        var providerPort = OperatorProcess.freePort();
        page = OperatorProcess.start(
                OperatorProcess.command(OperatorProcess.JAR, List.of("-XX:+UseSerialGC", "-Xmx192m"), null),
                environment(port, providerPort),
                port,
                Path.of("target", "vendor-page.log"));
        Awaitility.await("the page").atMost(PATIENCE).until(page::isReady);
        beforeTheProvider = get("/onboardings", "");
        provider = OpenIdProvider.start(
                providerPort, OperatorProcess.freePort(), page.url().toString());
    }

    private static Path keys() throws IOException {
        var keys = Files.createDirectories(folder.resolve("keys"));
        Files.write(keys.resolve("key-1"), new byte[PageKeys.LEAST_BYTES]);
        return keys;
    }

    private static Map<String, String> environment(int port, int providerPort) throws IOException {
        return Map.ofEntries(
                Map.entry("ONBOARDING_MODE", "Page"),
                Map.entry("ONBOARDING_PAGE_KEY_DIRECTORY", keys().toString()),
                Map.entry("ONBOARDING_PUBLIC_URL", OperatorProcess.urlOf(port).toString()),
                Map.entry("ONBOARDING_PAGE_VENDOR_ENABLED", "true"),
                Map.entry(
                        "ONBOARDING_PAGE_VENDOR_ISSUER",
                        OpenIdProvider.issuer(providerPort).toString()),
                Map.entry("ONBOARDING_PAGE_VENDOR_CLIENT_ID", OpenIdProvider.CLIENT),
                Map.entry(
                        "ONBOARDING_PAGE_VENDOR_CLIENT_SECRET_FILE",
                        Files.writeString(folder.resolve("secret"), OpenIdProvider.SECRET)
                                .toString()),
                Map.entry("ONBOARDING_PAGE_VENDOR_SCOPES", "profile"),
                Map.entry(
                        "ONBOARDING_PAGE_VENDOR_GROUPS",
                        "{\"onboarding-managers\": [\"customer-a\", \"team-*\"], \"admins\": [\"*\"]}"),
                Map.entry("ONBOARDING_PAGE_VENDOR_CONTACT", "it@vendor.example"),
                Map.entry(
                        "KUBECONFIG",
                        Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig())
                                .toString()),
                Map.entry("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false"));
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(provider).ifPresent(OpenIdProvider::close);
        Optional.ofNullable(page).ifPresent(OperatorProcess::kill);
        Optional.ofNullable(client).ifPresent(KubernetesClient::close);
        Optional.ofNullable(server).ifPresent(ApiServer::close);
    }

    @BeforeEach
    void openBrowser() {
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--window-size=1280,900");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                        .build(),
                options);
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void aManagerSignsInAndSeesTheOnboardingsOfTheirOwnNamespaces() throws IOException {
        signIn("mona", "/onboardings");
        assertThat(rows()).containsExactly("customer-a/contoso", "team-x/adatum");
        Accessibility.assertNoRuleIsBroken(browser, "vendor-overview");
        picture("vendor-overview");
        assertThat(text()).contains("Mona Manager", "Contoso & Söhne <GmbH>", "Waits for consent", "1/5");
        assertThat(browser.findElement(By.cssSelector("[data-onboarding='customer-a/contoso'] a"))
                        .getDomAttribute("href"))
                .isEqualTo("https://onboarding.example.com/onboarding/of-contoso");
        assertThat(text()).doesNotContain("Fabrikam");
    }

    @Test
    void thePageThatWasAskedForIsTheOneThatSignInLeadsTo() {
        signIn("mona", "/onboardings?ready=True&lang=de");
        assertThat(browser.getCurrentUrl()).endsWith("/onboardings?ready=True&lang=de");
        assertThat(rows()).containsExactly("team-x/adatum");
        assertThat(text()).contains("Angemeldet als Mona Manager", "Alles ist erteilt");
    }

    @Test
    void anotherGroupSeesMoreAndFiltersIt() throws IOException {
        signIn("ada", "/onboardings");
        assertThat(rows()).containsExactly("customer-a/contoso", "customer-b/fabrikam", "team-x/adatum");
        browser.findElement(By.name("text")).sendKeys("FABRI");
        browser.findElement(By.cssSelector("select[name=actor] option[value=Vendor]"))
                .click();
        browser.findElement(By.cssSelector("button[type=submit]")).click();
        awaitUrl("/onboardings?");
        assertThat(rows()).containsExactly("customer-b/fabrikam");
        Accessibility.assertNoRuleIsBroken(browser, "vendor-filtered");
        picture("vendor-filtered");
    }

    @Test
    void aTableForASpreadsheetHasTheSameRowsAndNoFormula() throws Exception {
        signIn("mona", "/onboardings");
        var csv = get("/onboardings/onboardings.csv?lang=de", cookies());
        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"onboardings.csv\"");
        assertThat(csv.body())
                .contains("\"Contoso & Söhne <GmbH>\"", "\"Wartet auf Zustimmung\"", "\"'=Adatum\"")
                .doesNotContain("Fabrikam", "of-contoso");
    }

    @Test
    void whoIsInNoGroupThatSeesSomethingIsToldWhomToAsk() throws IOException {
        signIn("nick", "/onboardings");
        assertThat(notice()).isEqualTo("NoGroup");
        assertThat(text()).contains("it@vendor.example").doesNotContain("Contoso");
        Accessibility.assertNoRuleIsBroken(browser, "vendor-no-group");
        picture("vendor-no-group");
    }

    @Test
    void whoSignsOutHasToSignInAgain() throws IOException {
        signIn("ada", "/onboardings");
        browser.findElement(By.cssSelector("a[href='/onboardings/sign-out']")).click();
        awaitUrl("/onboardings/signed-out");
        Accessibility.assertNoRuleIsBroken(browser, "vendor-signed-out");
        picture("vendor-signed-out");
        assertThat(notice()).isEqualTo("SignedOut");
        assertThat(browser.manage().getCookies())
                .extracting(Cookie::getName)
                .noneMatch(it -> it.startsWith("q_session"));
        browser.get(page.url() + "/onboardings");
        assertThat(browser.findElements(By.id("password"))).hasSize(1);
    }

    @Test
    void theSessionIsForThisPageAloneAndForNoScript() {
        signIn("ada", "/onboardings");
        assertThat(browser.manage().getCookies())
                .filteredOn(it -> it.getName().startsWith("q_session"))
                .hasSize(1)
                .allSatisfy(it -> {
                    assertThat(it.isHttpOnly()).isTrue();
                    assertThat(it.getSameSite()).isEqualTo("Lax");
                    assertThat(it.getPath()).isEqualTo("/onboardings");
                });
    }

    @Test
    void whoLeavesTheGroupSeesNothingOnceTheSignInIsRenewed() throws Exception {
        signIn("lea", "/onboardings");
        assertThat(rows()).isNotEmpty();
        provider.leaveGroups("lea");
        Awaitility.await("the end of what the provider said before")
                .atMost(PATIENCE)
                .until(() -> {
                    browser.get(page.url() + "/onboardings");
                    return !browser.findElements(By.cssSelector("[data-notice=NoGroup]"))
                            .isEmpty();
                });
    }

    @Test
    void aNewSecretOfTheClientIsTakenUpWithoutARestart() throws Exception {
        provider.changeSecret("another-secret-of-the-test");
        Files.writeString(folder.resolve("secret"), "another-secret-of-the-test\n");
        signIn("ada", "/onboardings");
        assertThat(rows()).isNotEmpty();
    }

    @Test
    void nobodyCanSignInWhileTheProviderIsAwayAndThenEverybodyCan() throws Exception {
        assertThat(beforeTheProvider.statusCode()).isEqualTo(503);
        assertThat(beforeTheProvider.body()).contains("data-notice=\"Away\"");
        assertThat(beforeTheProvider.headers().firstValue("Retry-After")).contains("60");
        assertThat(get("/onboardings", "").statusCode()).isEqualTo(302);
    }

    @Test
    void theProviderIsAskedWithAStateANonceAndAProofKey() throws Exception {
        var challenge = get("/onboardings", "");
        assertThat(challenge.headers().firstValue("Location").orElseThrow())
                .contains(
                        "response_type=code", "&state=", "&nonce=", "&code_challenge=", "&code_challenge_method=S256");
        assertThat(challenge.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .contains("HTTPOnly", "SameSite=Lax", "Path=/onboardings");
    }

    @Test
    void aCodeThatWasNotAskedForSignsNobodyInAndIsNotRepeated() throws Exception {
        var cookie = get("/onboardings", "")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";")[0];
        var state = cookie.split("=")[0].substring(cookie.indexOf("vendor_") + "vendor_".length());
        assertThat(get("/onboardings/signed-in?state=" + state + "&code=forged-code", cookie))
                .satisfies(it -> {
                    assertThat(it.statusCode()).isEqualTo(401);
                    assertThat(it.body()).contains("data-notice=\"Failed\"").doesNotContain("forged-code");
                });
        assertThat(get("/onboardings/signed-in?state=forged-state&code=forged-code", cookie)
                        .statusCode())
                .isEqualTo(302);
        assertThat(get("/onboardings/sign-in-failed?error=forged-error&error_description=forged-text", ""))
                .satisfies(it -> {
                    assertThat(it.statusCode()).isEqualTo(401);
                    assertThat(it.body()).doesNotContain("forged");
                });
    }

    private void signIn(String user, String path) {
        browser.get(page.url() + path);
        browser.findElement(By.id("username")).sendKeys(user);
        browser.findElement(By.id("password")).sendKeys(user);
        browser.findElement(By.id("kc-login")).click();
        awaitUrl(path);
    }

    private void awaitUrl(String path) {
        Awaitility.await("the way to " + path)
                .atMost(PATIENCE)
                .until(() -> browser.getCurrentUrl().startsWith(page.url() + path));
    }

    private List<String> rows() {
        return browser.findElements(By.cssSelector("[data-onboarding]")).stream()
                .map(it -> it.getDomAttribute("data-onboarding"))
                .toList();
    }

    private String notice() {
        WebElement main = browser.findElement(By.tagName("main"));
        return main.getDomAttribute("data-notice");
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    private String cookies() {
        return browser.manage().getCookies().stream()
                .map(it -> it.getName() + "=" + it.getValue())
                .collect(Collectors.joining("; "));
    }

    private void picture(String name) throws IOException {
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }

    private static HttpResponse<String> get(String path, String cookies) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(page.url() + path)).timeout(PATIENCE);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static void onboarding(
            String namespace, String name, String tenantName, String ready, String reason, String granted) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        client.resource(client.getKubernetesSerialization()
                        .unmarshal("""
                        apiVersion: onboarding.tenantops.dev/v1alpha1
                        kind: TenantOnboarding
                        metadata: {namespace: %s, name: %s}
                        spec:
                          tenantId: c0470500-0000-4000-8000-000000000001
                          licenses: [{catalog: heedify, plans: [common]}]
                        """.formatted(namespace, name), TenantOnboarding.class))
                .create();
        client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"observedGeneration": 1, "granted": "%s", "tenantName": "%s", "nextAction": "Do it.",
                          "validUntil": "%s", "pageUrl": "https://onboarding.example.com/onboarding/of-%s",
                          "conditions": [{"type": "Ready", "status": "%s", "reason": "%s", "message": "Because.",
                            "observedGeneration": 1, "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}""".formatted(
                                granted, tenantName, Instant.now().plus(Duration.ofDays(1)), name, ready, reason));
    }
}
