package dev.tenantops.onboarding.sandbox.demo;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy.Behaviour;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The operator with the samples of five products, for a person to try. Runs until Ctrl-C. */
public final class Demo {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Demo() {}

    /** @param arguments {@code chart} to install the operator with Helm */
    public static void main(String[] arguments) throws InterruptedException {
        boolean chart = List.of(arguments).contains("chart");
        Terminal.untilInterrupted(resources -> {
            System.out.println(
                    "Starting Kubernetes, a simulated Microsoft cloud and the operator (about half a minute) ...");
            OperatorSandbox stage = OperatorSandbox.startWithSamples(resources, chart);
            stage.awaitOperator();
            stage.awaitPage();
            stage.contents().onboardings().forEach(it -> print(stage, it));
            printNextSteps(stage);
            obey(stage.sandbox());
        });
    }

    private static void print(OperatorSandbox stage, TenantOnboarding onboarding) {
        var status = Polling.until(
                        LIMIT,
                        () -> stage.read(onboarding),
                        it -> it.getStatus().pageUrl() != null
                                && it.getStatus().verifiers().stream()
                                        .anyMatch(verifier -> verifier.consentUrl() != null))
                .getStatus();
        System.out.printf(
                "%n%s in the namespace %s%n  page   %s%n",
                onboarding.getMetadata().getName(), onboarding.getMetadata().getNamespace(), status.pageUrl());
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
        Instructions instructions = new Instructions(stage.sandbox());
        TenantOnboarding first = stage.contents().onboardings().getFirst();
        String name = first.getMetadata().getName();
        String namespace = first.getMetadata().getNamespace();
        String clientId = stage.catalog(first.getSpec().licenses().getFirst().catalog())
                .getSpec()
                .applications()
                .getFirst()
                .clientId();
        System.out.println("""

                You are the platform team. In another terminal:
                %s

                You are a customer's administrator. Open a page above in a browser, and consent from top to bottom; the check
                marks come by themselves. The browser warns about the certificate of the simulated cloud (its trust anchor
                is %s).

                You are whoever interferes, here with the first application of %s:
                %s
                and everything else that can happen: %s
                The customers' proxy takes its orders here: type refuse, fail, disconnect, intercept or forward.

                The operator's log is %s
                Ctrl-C stops everything and leaves nothing else behind.
                """.formatted(
                String.join(
                        "\n",
                        kubectl.commandLine("get", "tob", "-A", "-o", "wide", "-w"),
                        kubectl.commandLine("describe", "tob", name, "-n", namespace),
                        kubectl.commandLine(
                                "wait", "--for=condition=Ready", "tob/" + name, "-n", namespace, "--timeout=10m")),
                stage.sandbox().caBundle(),
                name,
                instructions.interference(first.getSpec().tenantId(), clientId),
                instructions.control(),
                stage.operator().log()));
    }

    /** Until the input ends, which it does at once where there is no terminal. */
    private static void obey(Sandbox sandbox) {
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .map(String::strip)
                .forEach(it -> obey(sandbox, it));
    }

    private static void obey(Sandbox sandbox, String order) {
        String name = order.toUpperCase(Locale.ROOT);
        if (name.equals("INTERCEPT")) {
            sandbox.interceptTls(true);
            sandbox.proxy().behave(Behaviour.FORWARD);
            System.out.println("The proxy intercepts TLS.");
        } else if (Arrays.stream(Behaviour.values()).anyMatch(it -> it.name().equals(name))) {
            sandbox.interceptTls(false);
            sandbox.proxy().behave(Behaviour.valueOf(name));
            System.out.println("The proxy does now: " + order);
        } else if (!order.isEmpty()) {
            System.out.println("refuse, fail, disconnect, intercept or forward?");
        }
    }
}
