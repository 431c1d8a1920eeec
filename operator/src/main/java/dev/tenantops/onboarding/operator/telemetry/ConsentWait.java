package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.status.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many customers were asked for a consent and have not given it, by catalog and by how long ago: the consent links are
 * published as long as {@code Ready} is False for want of one.
 */
final class ConsentWait {

    /** At least so many days; a number contains those after it. Alerts choose one. */
    static final List<Integer> DAYS = List.of(0, 1, 3, 7, 14, 30, 90);

    /** A consent that was lost is another matter, with an alert of its own. */
    private static final Set<ApplicationState> ASKED = EnumSet.of(
            ApplicationState.ConsentRequired,
            ApplicationState.PermissionsMissing,
            ApplicationState.ReconsentRequired,
            ApplicationState.UserConsentOnly);

    private final Map<String, int[]> waiting = new TreeMap<>();

    /** Counts an onboarding whose evidence is good, once for each catalog that waits for its customer. */
    void add(TenantOnboardingStatus status, Instant now) {
        var since = status.condition(ConditionType.READY)
                .filter(it -> it.status() == Status.False)
                .map(Condition::lastTransitionTime)
                .flatMap(Timestamps::parse);
        since.ifPresent(it -> catalogs(status).forEach(catalog -> count(catalog, Duration.between(it, now))));
    }

    List<Sample> samples() {
        var samples = new ArrayList<Sample>();
        waiting.forEach((catalog, counts) -> {
            for (int i = 0; i < counts.length; i++) {
                samples.add(Sample.of(
                        Metric.CONSENT_AWAITED, counts[i], catalog, DAYS.get(i).toString()));
            }
        });
        return samples;
    }

    private void count(String catalog, Duration waited) {
        var counts = waiting.computeIfAbsent(catalog, _ -> new int[DAYS.size()]);
        // A clock that is behind has nobody wait less than not at all.
        var days = Math.max(0, waited.toDays());
        for (int i = 0; i < counts.length && DAYS.get(i) <= days; i++) {
            counts[i]++;
        }
    }

    private static Set<String> catalogs(TenantOnboardingStatus status) {
        return Stream.concat(
                        status.verifiers().stream().filter(ConsentWait::isAsked).map(VerifierStatus::catalog),
                        status.applications().stream()
                                .filter(ConsentWait::isAsked)
                                .map(ApplicationStatus::catalog))
                .collect(Collectors.toSet());
    }

    private static boolean isAsked(VerifierStatus verifier) {
        return Failure.Reason.VerifierConsentRequired.name().equals(verifier.state());
    }

    private static boolean isAsked(ApplicationStatus application) {
        return !Boolean.TRUE.equals(application.optional()) && ASKED.contains(application.state());
    }
}
