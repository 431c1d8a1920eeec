package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.OrganizationName;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.status.Memories;
import dev.tenantops.onboarding.operator.verdict.CatalogJudge;
import dev.tenantops.onboarding.operator.verdict.CatalogMemory;
import dev.tenantops.onboarding.operator.verdict.CatalogReading;
import dev.tenantops.onboarding.operator.verdict.Reread;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads a tenant for one catalog, as often as the judge wants it before something is said.
 *
 * @param withNames whether somebody wants to know what customers call their organizations
 */
record CatalogReader(
        TenantDirectory directory, VerifierSecrets secrets, CatalogJudge judge, Clock clock, boolean withNames) {

    /**
     * What became of a look at a tenant.
     *
     * @param unchanged whether the tenant answered as it was known to
     * @param reading what was read; of answers that are known it is made for whoever needs it all the same
     */
    record Look(boolean unchanged, Supplier<CatalogReading> reading) {

        static Look at(CatalogReading reading) {
            return new Look(false, () -> reading);
        }
    }

    /**
     * Looks at a tenant.
     *
     * @param memory what is known of the past, for as often as something is judged
     * @param known the fingerprint of a reading that need not be judged again if nothing is new
     */
    Look look(
            TenantOnboarding onboarding,
            DesiredCatalog catalog,
            Supplier<CatalogMemory> memory,
            Optional<Fingerprint> known) {
        return switch (secrets.verifier(catalog.verifier())) {
            case Reading.Failed<Verifier>(Failure failure) ->
                Look.at(CatalogReading.once(TenantObservation.failed(clock.instant(), failure), Optional.empty()));
            case Reading.Complete<Verifier>(Verifier stored) -> {
                var verifier = dated(stored, onboarding, catalog);
                // A catalog's mistake may have been mended by the API's owner, so what was unknown is looked up anew.
                var anew = Memories.unknownPermission(onboarding.known(), catalog.name());
                var reading = directory.read(
                        query(onboarding, catalog, verifier, anew).with(name(onboarding)), known);
                yield reading instanceof TenantReading.Unchanged
                        ? new Look(true, () -> enough(onboarding, catalog, verifier, memory.get(), reading, anew))
                        : Look.at(enough(onboarding, catalog, verifier, memory.get(), reading, anew));
            }
        };
    }

    /** When a federated credential was registered shows nowhere, so it is as old as its first refusal. */
    private Verifier dated(Verifier verifier, TenantOnboarding onboarding, DesiredCatalog catalog) {
        if (!(verifier.credential() instanceof Credential.FederatedToken)) {
            return verifier;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return verifier.since(Memories.refused(onboarding.known(), catalog.name())
                .filter(it -> it.isBefore(now))
                .orElse(now));
    }

    private CatalogReading enough(
            TenantOnboarding onboarding,
            DesiredCatalog catalog,
            Verifier verifier,
            CatalogMemory memory,
            TenantReading reading,
            boolean anew) {
        var first = reading.observation();
        return switch (judge.reread(catalog, first, memory, anew)) {
            case Reread.Nothing() -> CatalogReading.once(first, reading.fingerprint());
            case Reread.Definitions() -> {
                var defined = directory
                        .read(query(onboarding, catalog, verifier, true))
                        .named(first.organizationName());
                yield enough(
                        onboarding,
                        catalog,
                        verifier,
                        memory,
                        new TenantReading.Fresh(defined, Optional.empty()),
                        true);
            }
            case Reread.Applications(var clientIds) -> {
                var second = directory.read(query(onboarding, catalog.only(clientIds), verifier, false));
                yield new CatalogReading(
                        first, clientIds.stream().collect(Collectors.toMap(it -> it, _ -> second)), Optional.empty());
            }
        };
    }

    private OrganizationName name(TenantOnboarding onboarding) {
        if (!withNames) {
            return OrganizationName.NotWanted;
        }
        return onboarding.known().tenantName() == null ? OrganizationName.Unknown : OrganizationName.Known;
    }

    private static TenantQuery query(
            TenantOnboarding onboarding, DesiredCatalog catalog, Verifier verifier, boolean freshDefinitions) {
        return new TenantQuery(
                catalog.cloud(),
                OnboardingCheck.tenantId(onboarding.getSpec()),
                verifier,
                catalog.clientIds().stream()
                        .map(it -> new ApplicationQuery(it, Memories.servicePrincipalId(onboarding.known(), it)))
                        .toList(),
                catalog.resources(),
                freshDefinitions);
    }
}
