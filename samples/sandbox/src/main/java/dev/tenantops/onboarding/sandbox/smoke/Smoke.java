package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Conditions;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.program.Steps;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy.Behaviour;
import java.util.List;
import java.util.function.Predicate;

/**
 * The demo without a person: every sample is consented to from its links, then what goes wrong in practice goes wrong,
 * and heals. One line for each step; stops at the first that fails, with exit code 1.
 */
public final class Smoke {

    private static final String CATALOG = "heedify";
    private static final String EXTEND_CUSTOMER = "northwind";
    private static final String PROXY_CUSTOMER = "fabrikam";
    private static final String LEAVING_CUSTOMER = "litware";

    /** Whose administrator has nothing but the page. */
    private static final String PAGE_CUSTOMER = "tailspin";

    private static final String COMMUNICATION_SERVICES = "AzureCommunicationServices";
    private static final Permission INITIATE_CALLS =
            new Permission("MicrosoftGraph", PermissionType.Application, "Calls.Initiate.All");

    private final OperatorSandbox stage;
    private final Steps steps;
    private final ConsentBrowser browser;
    private final ConsentJourney journey;
    private final SimulatedDirectory directory;
    private final TenantOnboarding customer;
    private final String tenant;

    private Smoke(OperatorSandbox stage, ConsentBrowser browser, Steps steps) {
        this.stage = stage;
        this.steps = steps;
        this.browser = browser;
        this.journey = new ConsentJourney(stage, browser);
        this.directory = stage.sandbox().microsoft().directory();
        this.customer = onboarding(EXTEND_CUSTOMER);
        this.tenant = customer.getSpec().tenantId();
    }

    /** @param arguments {@code chart} to install the operator with Helm */
    public static void main(String[] arguments) {
        boolean chart = List.of(arguments).contains("chart");
        Terminal.run(() -> Steps.run(
                "smoke",
                System.out,
                "The operator's log is in " + OperatorSandbox.logFile(),
                (steps, resources) -> run(steps, resources, chart)));
    }

    private static void run(Steps steps, OpenResources resources, boolean chart) {
        OperatorSandbox stage = steps.step(
                "Kubernetes and the simulated cloud start",
                () -> OperatorSandbox.startWithSamples(resources, chart),
                it -> "Kubernetes " + it.sandbox().apiServer().version() + ", Microsoft at "
                        + it.sandbox().microsoft().url());
        StateRecorder recorder = resources.add(
                new StateRecorder(stage.client(), OperatorSandbox.target().resolve("states")));
        ConsentBrowser browser =
                resources.add(new ConsentBrowser(stage.sandbox().authority().clientContext()));
        new Smoke(stage, browser, steps).run();
        steps.step("every status that differed was recorded", () -> recorded(recorder));
    }

    private void run() {
        steps.step("the operator becomes ready", () -> {
            stage.awaitOperator();
            return "%s, replicas %d"
                    .formatted(stage.operator().url(), stage.replicas().size());
        });
        steps.step("page: its process becomes ready", () -> {
            stage.awaitPage();
            return stage.publicUrl().toString();
        });
        if (stage.installation() instanceof ChartInstallation chart) {
            steps.step(
                    "helm test",
                    () -> new HelmTest(
                                    stage.sandbox(),
                                    stage.client(),
                                    chart,
                                    stage.operator().management())
                            .run());
        }
        new PageJourney(stage, journey, browser).walk(onboarding(PAGE_CUSTOMER), steps);
        stage.contents().onboardings().stream()
                .filter(it -> !it.getMetadata().getName().equals(PAGE_CUSTOMER))
                .forEach(it -> journey.walk(it, steps));
        breakConsents();
        removeCommunicationServices();
        breakNetwork();
        heal();
        changeSpec();
        loseVerifier();
        new KubectlViews(stage.sandbox().kubectl(), steps).check(customer);
        steps.step(
                LEAVING_CUSTOMER + ": deletion leaves nothing behind",
                () -> new Departure(stage).check(onboarding(LEAVING_CUSTOMER), customer));
    }

    private void breakConsents() {
        steps.step("one permission is removed, and the status names it", () -> {
            directory.revoke(
                    tenant,
                    clientId("call-center"),
                    INITIATE_CALLS.resource(),
                    INITIATE_CALLS.type(),
                    INITIATE_CALLS.value());
            TenantOnboardingStatus seen =
                    awaitNotReady(it -> application(it, "call-center").missing().contains(INITIATE_CALLS));
            return "%s, missing %s"
                    .formatted(
                            Conditions.describe(seen, ConditionType.READY),
                            application(seen, "call-center").missing());
        });
        steps.step("a consent is revoked", () -> {
            directory.revokeConsent(tenant, clientId("reports"));
            return awaitState("reports", ApplicationState.ConsentRevoked);
        });
        steps.step("an application is disabled", () -> {
            directory.setEnabled(tenant, clientId("presence"), false);
            return awaitState("presence", ApplicationState.ApplicationDisabled);
        });
    }

    private void removeCommunicationServices() {
        steps.step("the tenant loses Azure Communication Services", () -> {
            directory.removeResource(tenant, COMMUNICATION_SERVICES);
            return awaitState("agent-console", ApplicationState.ResourceServicePrincipalMissing);
        });
    }

    private void breakNetwork() {
        steps.step("the customer's proxy refuses the endpoints", () -> {
            stage.sandbox().proxy().behave(Behaviour.REFUSE);
            return awaitUnreachable("ProxyForbidden");
        });
        steps.step("the customer's proxy intercepts TLS", () -> {
            stage.sandbox().interceptTls(true);
            stage.sandbox().proxy().behave(Behaviour.FORWARD);
            return awaitUnreachable("TlsIntercepted");
        });
        steps.step("something on the way swallows the Upgrade header of WebSockets", () -> {
            stage.sandbox().endpoints().behave(new EndpointBehaviour.SwallowUpgrade());
            stage.sandbox().interceptTls(false);
            return awaitUnreachable("WebSocketUpgradeBlocked");
        });
    }

    private void heal() {
        steps.step("the network works again, and the onboarding is ready again", () -> {
            stage.sandbox().endpoints().behave(new EndpointBehaviour.Serve());
            return journey.awaitReadyWithKubectl(onboarding(PROXY_CUSTOMER));
        });
        steps.step("the missing permission is granted again", () -> {
            directory.grant(
                    tenant,
                    clientId("call-center"),
                    INITIATE_CALLS.resource(),
                    INITIATE_CALLS.type(),
                    INITIATE_CALLS.value());
            return awaitState("call-center", ApplicationState.Granted);
        });
        steps.step("the application is enabled again", () -> {
            directory.setEnabled(tenant, clientId("presence"), true);
            return awaitState("presence", ApplicationState.Granted);
        });
        steps.step("Azure Communication Services is there again, and the consent to it is renewed", () -> {
            directory.provisionResource(tenant, COMMUNICATION_SERVICES);
            return journey.consentToApplication(customer, application(journey.status(customer), "agent-console"));
        });
        steps.step(
                "the revoked consent is given again in the browser",
                () -> journey.consentToApplication(customer, application(journey.status(customer), "reports")));
        steps.step("the onboarding is ready again", () -> journey.awaitReadyWithKubectl(customer));
    }

    private void changeSpec() {
        SpecChanges changes = new SpecChanges(stage.sandbox().kubectl(), journey);
        steps.step("the onboarding is suspended", () -> changes.suspend(customer));
        steps.step("it goes on, and is ready again", () -> changes.resume(customer));
        steps.step("a plan is licensed that the catalog does not have", () -> changes.licenseUnknownPlan(customer));
        steps.step("the licences are corrected, and it is ready again", () -> changes.correctPlan(customer));
    }

    private void loseVerifier() {
        VerifierLoss loss = new VerifierLoss(stage, journey);
        steps.step("the tenant deletes the verifier", () -> loss.deleteFrom(customer));
        steps.step("the verifier is consented to again in the browser", () -> loss.consentAgain(customer));
        steps.step("the verifier's Secret is deleted", () -> loss.deleteSecret(customer));
        steps.step("the Secret is there again, and the onboarding is ready", () -> loss.createSecret(customer));
    }

    private static String recorded(StateRecorder recorder) {
        return "%d objects in %s"
                .formatted(recorder.recorded(), Samples.repository().relativize(recorder.folder()));
    }

    private String awaitState(String application, ApplicationState expected) {
        TenantOnboardingStatus seen = journey.await(customer, it -> ConsentJourney.state(it, application) == expected);
        return "%s is %s, %s".formatted(application, expected, Conditions.describe(seen, ConditionType.READY));
    }

    private TenantOnboardingStatus awaitNotReady(Predicate<TenantOnboardingStatus> expected) {
        return journey.await(
                customer, it -> Conditions.has(it, ConditionType.READY, Condition.Status.False) && expected.test(it));
    }

    private String awaitUnreachable(String reason) {
        TenantOnboardingStatus seen = journey.await(
                onboarding(PROXY_CUSTOMER),
                it -> Conditions.has(it, ConditionType.NETWORK_REACHABLE, Condition.Status.False, reason)
                        && Conditions.has(it, ConditionType.READY, Condition.Status.False));
        return Conditions.describe(seen, ConditionType.NETWORK_REACHABLE) + ", "
                + Conditions.describe(seen, ConditionType.READY);
    }

    private TenantOnboarding onboarding(String name) {
        return stage.contents().onboardings().stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String clientId(String application) {
        return stage.catalog(CATALOG).getSpec().applications().stream()
                .filter(it -> it.name().equals(application))
                .findFirst()
                .map(Application::clientId)
                .orElseThrow();
    }

    private static ApplicationStatus application(TenantOnboardingStatus status, String name) {
        return status.application(CATALOG, name).orElseThrow();
    }
}
