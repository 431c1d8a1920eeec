package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * What the customer's administrator lives through, in a real browser, with the packaged program as operator and as page, and
 * nothing but the links. Pictures of every state are left in target/screenshots.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdministratorJourneyIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final By CONSENT = By.cssSelector("[data-action='consent']");
    private static final OpenResources RESOURCES = new OpenResources();
    private static OperatorSandbox stage;

    private ChromeDriver browser = browser();

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(PICTURES);
        stage = OperatorSandbox.startWithSamples(RESOURCES, false);
        stage.awaitOperator();
        stage.awaitPage();
    }

    @AfterAll
    static void stop() {
        RESOURCES.close();
    }

    @AfterEach
    void quit() {
        browser.quit();
    }

    static Stream<String> systems() {
        return stage.contents().onboardings().stream()
                .map(it -> it.getMetadata().getName());
    }

    @ParameterizedTest
    @MethodSource("systems")
    @Order(1)
    void anAdministratorClicksFromTheFirstLinkToTheGreenPage(String name) {
        open(name);
        assertThat(head()).isNotEqualTo("True");
        assertClean(name);
        picture(name + "-1-before");
        for (var verifier : status(name).verifiers()) {
            var element = By.cssSelector("[data-verifier='" + verifier.catalog() + "']");
            consent(element, "accept");
            eventually("the verifier of " + verifier.catalog())
                    .until(() -> attribute(browser, element, "data-state").equals("Authorized"));
        }
        picture(name + "-2-verifier");
        for (var application : status(name).applications()) {
            if (application.consentUrl() == null || application.state() == ApplicationState.NotVerifiable) {
                continue;
            }
            consent(element(application), "accept");
            eventually("the check mark of " + application.name())
                    .until(() -> List.of("Granted", "PermissionRetired").contains(state(application)));
        }
        var expected = name.equals("litware") ? "False" : "True";
        eventually(name + " to be ready").until(() -> head().equals(expected));
        assertClean(name);
        picture(name + "-3-after");
    }

    @Test
    @Order(2)
    void whoeverCancelsIsToldSoInWordsAndNothingIsGreen() {
        var name = "contoso";
        var reports = application(name, status(name).applications().getFirst().name());
        revoke(name, reports);
        open(name);
        eventually("the revoked consent").until(() -> !state(reports).equals("Granted"));
        picture("cancelled-1-revoked");
        consent(element(reports), "cancel");
        assertThat(text()).containsIgnoringCase("declined");
        assertThat(head()).isNotEqualTo("True");
        picture("cancelled-2-declined");
        consent(element(reports), "accept");
        eventually("the consent that was given after all")
                .until(() -> state(reports).equals("Granted"));
    }

    @Test
    @Order(3)
    void twoAdministratorsSeeTheSameAtOnceAndARevocationComesByItself() {
        var name = "contoso";
        var reports = application(name, status(name).applications().getFirst().name());
        open(name);
        var other = browser();
        try {
            other.get(pageUrl(name));
            eventually("both green")
                    .until(() -> head().equals("True") && head(other).equals("True"));
            browser.executeScript("window.same = true");
            revoke(name, reports);
            eventually("both not green")
                    .until(() -> !head().equals("True") && !head(other).equals("True"));
            eventually("both told").until(() -> state(browser, reports).equals(state(other, reports)));
            assertThat(browser.executeScript("return window.same === true")).isEqualTo(true);
            picture("two-1-revoked");
            consent(other, element(reports), "accept");
            eventually("both green again")
                    .until(() -> head().equals("True") && head(other).equals("True"));
        } finally {
            other.quit();
        }
    }

    @Test
    @Order(4)
    void aConsentInAnotherTenantIsToldAndChangesNothing() {
        var name = "contoso";
        open(name);
        var uid = onboarding(name).getMetadata().getUid();
        browser.get(stage.publicUrl() + "/consent/callback?admin_consent=True&tenant=" + UUID.randomUUID() + "&state="
                + uid + "." + status(name).applications().getFirst().name());
        assertThat(browser.getCurrentUrl()).contains("/onboarding/").contains("outcome=OtherTenant");
        assertThat(text()).containsIgnoringCase("another");
        picture("other-tenant");
    }

    @Test
    @Order(5)
    void aForgedOrReplayedReturnLeadsNowhereAndSaysNothingOfItsOwn() {
        var name = "contoso";
        var uid = onboarding(name).getMetadata().getUid();
        var forged = "/consent/callback?admin_consent=True&tenant="
                + onboarding(name).getSpec().tenantId() + "&state=" + uid + ".reports";
        browser.get(stage.publicUrl() + forged);
        assertThat(browser.getCurrentUrl()).doesNotContain("/onboarding/");
        open(name);
        browser.get(pageUrl(name) + "?consent=%3Cimg%20src=x%3E&outcome=%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(browser.getPageSource()).doesNotContain("alert(1)").doesNotContain("src=\"x\"");
        assertThat(head()).isEqualTo("True");
    }

    @Test
    @Order(6)
    void aPageThatIsOpenWhileTheOperatorAndThePageRestartShowsThePresentAfterwards() {
        var name = "adatum";
        open(name);
        eventually("green").until(() -> head().equals("True"));
        stage.operator().kill();
        stage.page().orElseThrow().kill();
        eventually("the lost connection").until(this::disconnected);
        picture("restart-1-away");
        stage.startReplica("operator-after");
        stage.restartPage();
        stage.awaitPage();
        eventually("the connection").until(() -> !disconnected());
        var first = status(name).applications().getFirst();
        revoke(name, first);
        eventually("what is new").until(() -> !state(first).equals("Granted"));
        consent(element(first), "accept");
        eventually("green again").until(() -> head().equals("True"));
    }

    @Test
    @Order(7)
    void whileTheApiServerIsSilentThePageSaysSoAndShowsWhatItKnew() {
        var name = "adatum";
        open(name);
        eventually("green").until(() -> head().equals("True"));
        signal("STOP");
        try {
            eventually("the word of it")
                    .until(() -> !browser.findElements(By.cssSelector("[data-silent]"))
                            .isEmpty());
            assertThat(browser.findElements(By.cssSelector("[data-application]")))
                    .isNotEmpty();
            picture("api-server-away");
        } finally {
            signal("CONT");
        }
        eventually("its return")
                .until(() ->
                        browser.findElements(By.cssSelector("[data-silent]")).isEmpty());
    }

    @Test
    @Order(8)
    void aRevokedLinkClosesThePageThatIsOpenAndAnExpiredOneSaysSo() {
        var name = "fabrikam";
        open(name);
        var before = pageUrl(name);
        patch(name, "{\"spec\":{\"page\":{\"linkVersion\":2}}}");
        eventually("the page to close")
                .until(() ->
                        browser.findElements(By.cssSelector("[data-ready]")).isEmpty());
        picture("revoked");
        await().atMost(LIMIT).until(() -> !pageUrl(name).equals(before));
        open(name);
        patch(
                name,
                "{\"spec\":{\"page\":{\"linkVersion\":2,\"expires\":\""
                        + Instant.now().minusSeconds(60) + "\"}}}");
        eventually("its end")
                .until(() ->
                        browser.findElements(By.cssSelector("[data-ready]")).isEmpty());
        picture("expired");
        patch(name, "{\"spec\":{\"page\":null}}");
    }

    @Test
    @Order(9)
    void itIsTheSameInGermanInTheDarkOnAPhoneAndWithoutAScript() {
        var name = "contoso";
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        browser.get(pageUrl(name) + "?lang=de");
        assertThat(browser.findElement(By.tagName("html")).getDomAttribute("lang"))
                .isEqualTo("de");
        assertClean(name + " dark");
        picture("dark-german");
        browser.manage().window().setSize(new Dimension(390, 844));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        picture("phone");
        assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        browser.get(pageUrl(name));
        assertThat(browser.findElements(By.cssSelector("[data-application]"))).isNotEmpty();
    }

    private void consent(By application, String decision) {
        consent(browser, application, decision);
    }

    /** Clicks a consent button on the page and decides on Microsoft's. */
    private static void consent(ChromeDriver browser, By application, String decision) {
        // The page may put another state in place of the button in the moment of the click.
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            browser.findElement(application).findElement(CONSENT).click();
            return true;
        });
        await().atMost(LIMIT).until(() -> !browser.findElements(By.id(decision)).isEmpty());
        browser.findElement(By.id(decision)).click();
        await().atMost(LIMIT).until(() -> browser.getCurrentUrl().startsWith(stage.publicUrl() + "/onboarding/"));
    }

    private void open(String name) {
        browser.get(pageUrl(name));
        eventually("the page of " + name)
                .until(() ->
                        !browser.findElements(By.cssSelector("[data-ready]")).isEmpty());
    }

    private static String pageUrl(String name) {
        return await().atMost(LIMIT).until(() -> status(name).pageUrl(), it -> it != null);
    }

    private String head() {
        return head(browser);
    }

    /** What the page says of Ready; nothing while it is being swapped. */
    private static String head(ChromeDriver browser) {
        return attribute(browser, By.cssSelector("[data-ready]"), "data-ready");
    }

    private boolean disconnected() {
        return Boolean.TRUE.equals(
                browser.executeScript("return document.documentElement.hasAttribute('data-disconnected')"));
    }

    private String state(ApplicationStatus application) {
        return state(browser, application);
    }

    private static String state(ChromeDriver browser, ApplicationStatus application) {
        return attribute(browser, element(application), "data-state");
    }

    private static String attribute(ChromeDriver browser, By element, String name) {
        return String.valueOf(browser.executeScript(
                "return document.querySelector(arguments[0])?.getAttribute(arguments[1])", css(element), name));
    }

    private static String css(By element) {
        return element.toString().substring("By.cssSelector: ".length());
    }

    private static By element(ApplicationStatus application) {
        return By.cssSelector("[data-application='" + application.catalog() + "/" + application.name() + "']");
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    private void assertClean(String where) {
        Accessibility.assertNoRuleIsBroken(browser, where);
    }

    private ConditionFactory eventually(String what) {
        return await(what).atMost(LIMIT);
    }

    private void picture(String name) {
        try {
            Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TenantOnboarding onboarding(String name) {
        return stage.contents().onboardings().stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .flatMap(stage::read)
                .orElseThrow();
    }

    private static TenantOnboardingStatus status(String name) {
        return await().atMost(LIMIT)
                .until(() -> onboarding(name).known(), it -> !it.applications().isEmpty());
    }

    private static ApplicationStatus application(String name, String application) {
        return status(name).applications().stream()
                .filter(it -> it.name().equals(application))
                .findFirst()
                .orElseThrow();
    }

    private static void revoke(String name, ApplicationStatus application) {
        stage.sandbox()
                .microsoft()
                .directory()
                .revokeConsent(onboarding(name).getSpec().tenantId(), application.clientId());
    }

    private static void patch(String name, String patch) {
        var result = stage.sandbox()
                .kubectl()
                .run(
                        "patch",
                        "tob",
                        name,
                        "--namespace=" + onboarding(name).getMetadata().getNamespace(),
                        "--type=merge",
                        "--patch=" + patch);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static void signal(String signal) {
        ProcessHandle.current()
                .descendants()
                .filter(it -> it.info()
                        .command()
                        .filter(command -> command.endsWith("kube-apiserver"))
                        .isPresent())
                .forEach(it -> {
                    try {
                        new ProcessBuilder("kill", "-" + signal, Long.toString(it.pid()))
                                .start()
                                .waitFor();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static ChromeDriver browser() {
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.setAcceptInsecureCerts(true);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1040,1340");
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                        .build(),
                options);
    }
}
