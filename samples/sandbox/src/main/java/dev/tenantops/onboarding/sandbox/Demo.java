package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import java.time.Duration;
import java.util.Optional;

/** The operator with the samples of five products, for a person to try. Runs until Ctrl-C. */
public final class Demo {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Demo() {}

    public static void main(String[] arguments) throws InterruptedException {
        Terminal.quiet();
        OpenResources resources = OpenResources.closedAtExit();
        try {
            System.out.println("Starting Kubernetes, a simulated Microsoft cloud and the operator ...");
            OperatorSandbox stage = OperatorSandbox.startWithSamples(resources);
            stage.awaitOperator();
            stage.contents().onboardings().forEach(it -> print(stage, it));
            printNextSteps(stage);
            Thread.currentThread().join();
        } catch (RuntimeException e) {
            if (!resources.isClosed()) {
                resources.close();
                throw e;
            }
        }
    }

    private static void print(OperatorSandbox stage, TenantOnboarding onboarding) {
        var status = Polling.until(
                        LIMIT,
                        () -> stage.read(onboarding),
                        it -> it.getStatus().verifiers().stream().anyMatch(verifier -> verifier.consentUrl() != null))
                .getStatus();
        System.out.printf(
                "%n%s in the namespace %s%n",
                onboarding.getMetadata().getName(), onboarding.getMetadata().getNamespace());
        status.verifiers()
                .forEach(it ->
                        System.out.printf("  first  verifier of %s%n         %s%n", it.catalog(), it.consentUrl()));
        for (ApplicationStatus application : status.applications()) {
            System.out.printf(
                    "  then   %s%n         %s%n",
                    Optional.ofNullable(application.displayName()).orElse(application.name()),
                    Optional.ofNullable(application.consentUrl())
                            .orElse("(no consent: " + application.message() + ")"));
        }
    }

    private static void printNextSteps(OperatorSandbox stage) {
        Kubectl kubectl = stage.sandbox().kubectl();
        TenantOnboarding first = stage.contents().onboardings().getFirst();
        String name = first.getMetadata().getName();
        String namespace = first.getMetadata().getNamespace();
        System.out.println("""

                You are the platform team. In another terminal:
                  %s
                  %s
                  %s

                You are a customer's administrator. Open the links above in a browser, which warns about the certificate of
                the simulated cloud (trust anchor: %s). Consent to a verifier first; then to the applications, and watch.

                You are Microsoft, or whoever interferes. %s

                Operator log: %s
                Ctrl-C stops everything and leaves nothing behind.""".formatted(
                kubectl.commandLine("get", "tob", "-A", "-o", "wide", "-w"),
                kubectl.commandLine("describe", "tob", name, "-n", namespace),
                kubectl.commandLine("wait", "--for=condition=Ready", "tob/" + name, "-n", namespace, "--timeout=10m"),
                stage.sandbox().caBundle(),
                Sandbox.controlExamples(stage.sandbox(), first.getSpec().tenantId()),
                stage.operator().log()));
    }
}
