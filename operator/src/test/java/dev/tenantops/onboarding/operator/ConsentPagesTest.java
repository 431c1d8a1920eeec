package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** What the customer's administrator sees, in a real browser. Pictures of it are left in target/pages. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ConsentPagesTest extends OperatorInSandbox {

    private static final Path PICTURES = Path.of("target", "pages");

    @ConfigProperty(name = "onboarding.public-url")
    String publicUrl;

    private Customer customer;
    private ChromeDriver browser;

    @BeforeEach
    void setUp() throws IOException {
        Files.createDirectories(PICTURES);
        customer = new Customer(client, sandbox.microsoft().directory(), publicUrl + "/consent/callback");
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.setAcceptInsecureCerts(true);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1000,900");
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                        .build(),
                options);
    }

    @AfterEach
    void tearDown() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void anAdministratorClicksThroughEveryConsentAndTheOnboardingBecomesReady() throws IOException {
        browser.get(customer.status().verifiers().getFirst().consentUrl());
        picture("consent");
        assertThat(browser.getPageSource()).contains("Directory.Read.All");
        click("accept");
        assertThat(text()).doesNotContainIgnoringCase("granted").contains("verif");
        picture("returned");
        for (ApplicationStatus application : customer.status().applications()) {
            browser.get(application.consentUrl());
            click("accept");
        }
        customer.awaitReady();
    }

    @Test
    void aDeclinedConsentSaysWhatToDoAndShowsNothingOfWhatItWasGiven() throws IOException {
        browser.get(customer.status().applications().getFirst().consentUrl());
        click("cancel");
        assertThat(text()).contains("declined").doesNotContain("AADSTS65004: ");
        picture("declined");
        assertThat(customer.condition(ConditionType.READY).status()).isEqualTo(Status.False);
    }

    @Test
    void aConsentInAnotherTenantSaysSoAndChangesNothing() throws IOException {
        var uid = customer.read().getMetadata().getUid();
        browser.get(publicUrl + "/consent/callback?admin_consent=True&tenant=" + UUID.randomUUID() + "&state=" + uid
                + ".presence&scope=%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(text()).contains("another").contains("private browser window");
        assertThat(browser.getPageSource()).doesNotContain("alert(1)");
        picture("another-tenant");
        assertThat(customer.read().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void anEarlierLinkHasTheOnboardingChecked() throws IOException {
        var tenantId = customer.read().getSpec().tenantId();
        browser.get(publicUrl + "/consent/callback?admin_consent=True&tenant=" + tenantId + "&state="
                + UUID.randomUUID() + ".presence");
        assertThat(text()).contains("earlier link").contains("is checked");
        picture("earlier-link");
        Awaitility.await("the check that the page asks for")
                .atMost(Customer.PATIENCE)
                .until(() -> customer.read().known().lastHandledReconcileAt() != null);
        assertThat(customer.read().getMetadata().getAnnotations())
                .doesNotContainKey("onboarding.tenantops.dev/consent-returned");
    }

    private void click(String id) {
        browser.findElement(By.id(id)).click();
        Awaitility.await("the way back from the consent page")
                .atMost(Customer.PATIENCE)
                .until(() -> browser.getCurrentUrl().startsWith(publicUrl));
    }

    private String text() {
        return browser.findElement(By.tagName("body")).getText();
    }

    private void picture(String name) throws IOException {
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
