package dev.tenantops.onboarding.sandbox.demo;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
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
import java.util.stream.Collectors;

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
            resources.add(ShellEnvironment.write(stage.sandbox()));
            print(stage);
            obey(stage.sandbox());
        });
    }

    private static void print(OperatorSandbox stage) {
        var onboardings = stage.contents().onboardings();
        var first = onboardings.getFirst();
        var name = first.getMetadata().getName();
        var namespace = first.getMetadata().getNamespace();
        var clientId = stage.catalog(first.getSpec().licenses().getFirst().catalog())
                .getSpec()
                .applications()
                .getFirst()
                .clientId();
        System.out.println("""

                You are the administrator of a customer. Open its page, and consent from top to bottom; the check marks come by
                themselves. The browser warns of the simulated cloud's certificate, which you accept.

                %s
                You are the platform team. In another terminal, in this folder:
                  . %s
                  kubectl get tob -A -o wide -w
                  kubectl describe tob %s -n %s
                  kubectl tob explain %s -n %s

                You are whoever interferes, there too, with the first application of %s:
                %s
                and everything else that can happen:
                  %s
                The customers' proxy takes its orders here: type refuse, fail, disconnect, intercept or forward.

                The operator's log is %s
                Ctrl-C stops everything and leaves nothing else behind.
                """.formatted(
                        onboardings.stream().map(it -> page(stage, it)).collect(Collectors.joining()),
                        Samples.repository().relativize(ShellEnvironment.FILE),
                        name,
                        namespace,
                        name,
                        namespace,
                        name,
                        Instructions.interference(first.getSpec().tenantId(), clientId)
                                .indent(2)
                                .stripTrailing(),
                        Instructions.CONTROL,
                        Samples.repository().relativize(stage.operator().log())));
    }

    /** A line with the address of the page. */
    private static String page(OperatorSandbox stage, TenantOnboarding onboarding) {
        var url = Polling.until(
                LIMIT,
                () -> stage.read(onboarding)
                        .map(it -> Optional.ofNullable(it.known().pageUrl())),
                Optional::isPresent);
        return "  %-10s %s%n".formatted(onboarding.getMetadata().getName(), url.orElseThrow());
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
