package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestLog;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What must be gone after an onboarding was deleted. */
final class Departure {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Enough requests of another tenant to be sure that several of its verifications have passed. */
    private static final long ROUNDS = 6;

    /** Not a warning, which kubectl prints beside the names. */
    private static final Pattern NAME = Pattern.compile("[^\\s/]+/\\S+");

    private final OperatorSandbox stage;

    Departure(OperatorSandbox stage) {
        this.stage = stage;
    }

    /**
     * Deletes an onboarding with kubectl, and checks that no object of its namespace but Events, no metric and no request
     * to its tenant remains.
     *
     * @param staying an onboarding of another tenant, which goes on being verified
     */
    String check(TenantOnboarding leaving, TenantOnboarding staying) {
        String name = leaving.getMetadata().getName();
        String namespace = "--namespace=" + leaving.getMetadata().getNamespace();
        List<String> before = objects(namespace);
        Kubectl.Result deletion = stage.sandbox()
                .kubectl()
                .run("delete", "tenantonboarding", name, namespace, "--timeout=%ds".formatted(LIMIT.toSeconds()));
        if (deletion.exitCode() != 0) {
            throw new IllegalStateException(deletion.output());
        }
        List<String> remaining = objects(namespace);
        if (!remaining.isEmpty() || !before.contains("tenantonboarding.onboarding.tenantops.dev/" + name)) {
            throw new IllegalStateException("before " + before + ", after " + remaining);
        }
        Polling.until(LIMIT, () -> seriesOf(name), List::isEmpty);
        awaitRequestsOf(staying);
        long requests = requestsOf(leaving);
        awaitRequestsOf(staying);
        if (requestsOf(leaving) != requests) {
            throw new IllegalStateException(
                    "its tenant is still asked: %d requests, then %d".formatted(requests, requestsOf(leaving)));
        }
        return "was %s, now no object, no metric and no request to its tenant".formatted(before);
    }

    private void awaitRequestsOf(TenantOnboarding onboarding) {
        long enough = requestsOf(onboarding) + ROUNDS;
        Polling.until(LIMIT, () -> Optional.of(requestsOf(onboarding)), it -> it >= enough);
    }

    private List<String> objects(String namespace) {
        Kubectl kubectl = stage.sandbox().kubectl();
        String kinds = kubectl.run("api-resources", "--namespaced", "--verbs=list", "--output=name")
                .output()
                .lines()
                .filter(it -> !it.startsWith("events"))
                .collect(Collectors.joining(","));
        return kubectl.run("get", kinds, namespace, "--output=name", "--ignore-not-found")
                .output()
                .lines()
                .filter(it -> NAME.matcher(it).matches())
                .toList();
    }

    private Optional<List<String>> seriesOf(String name) {
        return Optional.of(stage.replicas().stream()
                .flatMap(it -> it.metrics().orElseThrow().stream())
                .filter(line -> line.contains("\"" + name + "\""))
                .toList());
    }

    private long requestsOf(TenantOnboarding onboarding) {
        RequestLog requests = stage.sandbox().microsoft().requests();
        return Arrays.stream(RequestKind.values())
                .mapToLong(kind -> requests.count(kind, onboarding.getSpec().tenantId()))
                .sum();
    }
}
