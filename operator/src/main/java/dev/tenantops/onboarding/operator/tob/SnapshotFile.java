package dev.tenantops.onboarding.operator.tob;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.operator.plan.Snapshot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A snapshot as {@code export --json} writes it.
 *
 * @param takenAt RFC 3339
 * @param namespaces the labels of each namespace; null where they could not be read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record SnapshotFile(
        String takenAt,
        List<ApplicationCatalog> catalogs,
        List<TenantOnboarding> onboardings,
        Map<String, Map<String, String>> namespaces) {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Without what is the API server's own, and without the links to pages: whoever has one sees the page. */
    static SnapshotFile of(Snapshot snapshot) {
        snapshot.catalogs().forEach(SnapshotFile::bare);
        snapshot.onboardings().forEach(it -> {
            bare(it);
            it.setStatus(it.known().with(new Customer(it.known().tenantName(), null)));
        });
        return new SnapshotFile(
                snapshot.takenAt().toString(),
                snapshot.catalogs(),
                snapshot.onboardings(),
                snapshot.namespaces().map(TreeMap::new).orElse(null));
    }

    /** @param name of the file, for people */
    static Snapshot parse(String name, String json) {
        try {
            var file = Json.MAPPER.readValue(json, SnapshotFile.class);
            return new Snapshot(
                    Instant.parse(file.takenAt),
                    Optional.ofNullable(file.catalogs).orElse(List.of()),
                    Optional.ofNullable(file.onboardings).orElse(List.of()),
                    Optional.ofNullable(file.namespaces));
        } catch (JsonProcessingException | DateTimeException | NullPointerException _) {
            throw new Refusal(
                    ExitCode.INVALID_INPUT,
                    name + " is not what kubectl tob export --json writes. Export again, with -A for all customers.");
        }
    }

    private static void bare(HasMetadata it) {
        it.getMetadata().setManagedFields(null);
        Optional.ofNullable(it.getMetadata().getAnnotations()).ifPresent(all -> {
            var others = new TreeMap<>(all);
            others.remove(LAST_APPLIED);
            it.getMetadata().setAnnotations(others);
        });
    }
}
