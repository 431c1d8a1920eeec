package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.operator.CatalogReader.Look;
import dev.tenantops.onboarding.operator.Observed.Readings;
import dev.tenantops.onboarding.operator.Observed.Unchanged;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.endpoints.EndpointCheck;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.status.Memories;
import dev.tenantops.onboarding.operator.verdict.CatalogJudge;
import dev.tenantops.onboarding.operator.verdict.CatalogMemory;
import dev.tenantops.onboarding.operator.verdict.CatalogReading;
import dev.tenantops.onboarding.operator.verdict.CatalogVerdict;
import dev.tenantops.onboarding.operator.verdict.ConsentReturns;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One check of one onboarding: looks at the tenant and at the endpoints, and has judged what it saw. */
public final class OnboardingCheck {

    private final CatalogReader reader;
    private final EndpointCheck endpoints;
    private final CatalogJudge judge;
    private final ConsentReturns consentReturns;
    private final Clock clock;

    OnboardingCheck(
            TenantDirectory directory,
            VerifierSecrets secrets,
            EndpointCheck endpoints,
            CatalogJudge judge,
            ConsentReturns consentReturns,
            Clock clock,
            boolean withNames) {
        this.reader = new CatalogReader(directory, secrets, judge, clock, withNames);
        this.endpoints = endpoints;
        this.judge = judge;
        this.consentReturns = consentReturns;
        this.clock = clock;
    }

    /**
     * Looks at the tenant and at the endpoints; of a suspended onboarding at nothing.
     *
     * @param known by catalog, the fingerprints of readings that need not be judged again if nothing is new
     */
    Observed observe(TenantOnboarding onboarding, DesiredOnboarding desired, Map<String, Fingerprint> known) {
        var readAt = clock.instant();
        if (onboarding.getSpec().suspend()) {
            return new Readings(readAt, desired, Map.of(), List.of());
        }
        var looks = new HashMap<String, Look>();
        Stream.of(desired.catalogs(), desired.unlicensed())
                .flatMap(List::stream)
                .forEach(it -> looks.put(
                        it.name(),
                        reader.look(
                                onboarding,
                                it,
                                () -> memory(onboarding, it),
                                Optional.ofNullable(known.get(it.name())))));
        if (!looks.isEmpty() && looks.values().stream().allMatch(Look::unchanged)) {
            var network = endpoints.run(onboarding, desired);
            return new Unchanged(network, () -> new Readings(readAt, desired, readings(looks), network));
        }
        return new Readings(readAt, desired, readings(looks), endpoints.run(onboarding, desired));
    }

    /**
     * Judges what was seen. It may be judged more than once, of an onboarding that has changed meanwhile in anything but
     * its spec.
     */
    OnboardingVerdict judge(TenantOnboarding onboarding, Readings readings) {
        return OnboardingVerdict.of(
                readings.readAt(), readings.desired(), it -> judge(onboarding, it, readings), readings.endpoints());
    }

    /** Whether nothing that was seen but the tenants' answers, and no hint at a consent, may change what follows of it. */
    boolean isConstant(TenantOnboarding onboarding, Readings readings) {
        return !readings.fingerprints().isEmpty() && consentReturns.isOver(onboarding, readings.readAt());
    }

    private CatalogVerdict judge(TenantOnboarding onboarding, DesiredCatalog catalog, Readings readings) {
        return Optional.ofNullable(readings.tenant().get(catalog.name()))
                .map(it -> judge.judge(catalog, it, memory(onboarding, catalog)))
                .orElseGet(() -> CatalogJudge.suspended(catalog));
    }

    private CatalogMemory memory(TenantOnboarding onboarding, DesiredCatalog catalog) {
        var now = clock.instant();
        return Memories.of(onboarding.known(), catalog)
                .with((application, it) -> consentReturns.remembered(onboarding, application, it, now));
    }

    private static Map<String, CatalogReading> readings(Map<String, Look> looks) {
        return looks.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> it.getValue().reading().get()));
    }

    static String tenantId(TenantOnboardingSpec spec) {
        return spec.tenantId().toLowerCase(Locale.ROOT);
    }
}
