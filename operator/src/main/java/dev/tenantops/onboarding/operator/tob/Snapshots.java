package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.operator.plan.Snapshot;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes snapshots of a cluster. */
final class Snapshots {

    private Snapshots() {}

    /** @param err where it is told what may not be read, which is left out */
    static Snapshot take(Cluster cluster, Scope scope, PrintWriter err) {
        var takenAt = Clock.systemUTC().instant();
        var onboardings = cluster.onboardings(scope);
        List<ApplicationCatalog> catalogs = allowed(cluster::catalogs, err).orElse(List.of());
        Optional<Map<String, Map<String, String>>> namespaces = allowed(cluster::namespaces, err);
        return new Snapshot(takenAt, catalogs, onboardings, namespaces);
    }

    private static <T> Optional<T> allowed(Supplier<T> question, PrintWriter err) {
        try {
            return Optional.of(question.get());
        } catch (Refusal refusal) {
            if (refusal.exitCode() != ExitCode.REFUSED) {
                throw refusal;
            }
            err.println("Left out: " + refusal.getMessage());
            return Optional.empty();
        }
    }
}
