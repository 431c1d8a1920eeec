package dev.tenantops.onboarding.sandbox.rights;

import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes from the operator that the chart installs one right after the other, and shows what breaks without it. A right
 * without which everything works is superfluous, and fails the run.
 */
public final class Rights {

    private final OperatorSandbox stage;
    private final KubernetesClient client;
    private int runs;

    private Rights(OperatorSandbox stage) {
        this.stage = stage;
        this.client = stage.client();
    }

    /** @param arguments words, of which a right has to contain one; every right if there are none */
    public static void main(String[] arguments) {
        Terminal.run(() -> {
            try (OpenResources resources = OpenResources.closedAtExit()) {
                return new Rights(OperatorSandbox.startWithChart(
                                resources, RightsScenario::contents, RightsScenario.SETTINGS))
                        .run(List.of(arguments));
            }
        });
    }

    /** Returns how many rights are superfluous. */
    private int run(List<String> only) {
        System.out.println("With every right:");
        Optional<String> complaint = scenario();
        if (complaint.isPresent()) {
            throw new IllegalStateException(complaint.get());
        }
        System.out.println("  nothing breaks");
        List<Right> rights = rights().stream()
                .filter(it -> only.isEmpty() || only.stream().anyMatch(it.toString()::contains))
                .toList();
        List<Right> superfluous = new ArrayList<>();
        for (Right right : rights) {
            List<PolicyRule> before = rules(right);
            write(right, right.removedFrom(before));
            Optional<String> broken;
            try {
                broken = scenario();
            } finally {
                write(right, before);
            }
            if (broken.isEmpty()) {
                superfluous.add(right);
            }
            System.out.printf("Without %s:%n  %s%n", right, broken.orElse("NOTHING BREAKS"));
        }
        System.out.printf("rbac: %d rights, %d superfluous%n", rights.size(), superfluous.size());
        return superfluous.size();
    }

    /** What breaks, if anything does. */
    private Optional<String> scenario() {
        runs++;
        client.leases().inNamespace(Installation.NAMESPACE).delete();
        RightsScenario scenario = new RightsScenario(stage, runs);
        try {
            return scenario.run();
        } finally {
            scenario.close();
        }
    }

    private List<Right> rights() {
        return Stream.concat(
                        Stream.of(client.rbac()
                                        .clusterRoles()
                                        .withName(ChartInstallation.FULL_NAME)
                                        .require())
                                .flatMap(it -> Right.of(
                                        Optional.empty(), it.getMetadata().getName(), it.getRules())),
                        client
                                .rbac()
                                .roles()
                                .inAnyNamespace()
                                .withLabel("app.kubernetes.io/instance", ChartInstallation.RELEASE)
                                .list()
                                .getItems()
                                .stream()
                                .flatMap(it -> Right.of(
                                        Optional.of(it.getMetadata().getNamespace()),
                                        it.getMetadata().getName(),
                                        it.getRules())))
                .toList();
    }

    private List<PolicyRule> rules(Right right) {
        return right.namespace()
                .map(it -> client.rbac()
                        .roles()
                        .inNamespace(it)
                        .withName(right.role())
                        .require()
                        .getRules())
                .orElseGet(() -> client.rbac()
                        .clusterRoles()
                        .withName(right.role())
                        .require()
                        .getRules());
    }

    private void write(Right right, List<PolicyRule> rules) {
        right.namespace()
                .ifPresentOrElse(
                        it -> client.rbac()
                                .roles()
                                .inNamespace(it)
                                .withName(right.role())
                                .edit(role -> {
                                    role.setRules(rules);
                                    return role;
                                }),
                        () -> client.rbac()
                                .clusterRoles()
                                .withName(right.role())
                                .edit(role -> {
                                    role.setRules(rules);
                                    return role;
                                }));
    }
}
