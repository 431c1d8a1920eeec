package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.OnboardingPipeline;
import dev.tenantops.onboarding.operator.PipelineFixture;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.InMemoryTenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Tenants that granted this and that, and the operator's pipeline before them. */
final class PlannedCloud {

    private static final String NAMESPACE = "customers";

    final List<TenantOnboarding> onboardings = new ArrayList<>();
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryTenantDirectory directory = new InMemoryTenantDirectory(clock);
    private final OnboardingPipeline pipeline;
    private final RandomGenerator random;

    PlannedCloud(RandomGenerator random) {
        this.random = random;
        RandomCatalog.APIS.forEach((api, values) ->
                directory.defineApi(WellKnownResource.appIdOf(api), Set.copyOf(values), Set.copyOf(values)));
        this.pipeline = new OnboardingPipeline(
                PipelineFixture.ports(
                        clock,
                        it -> CloudEndpoints.of(it.cloud()),
                        directory,
                        new VerifierSecrets(
                                it -> Optional.of(PipelineFixture.secret(it, "secret", 1)), Optional.empty()),
                        PipelineFixture.REACHABLE,
                        () -> 0.5),
                PipelineFixture.TIMING);
    }

    /** So many customers, whose tenants granted at random what a catalog asks for, more or less. */
    void customers(int number, RandomCatalog catalog) {
        IntStream.range(0, number).forEach(it -> {
            var tenant = UUID.nameUUIDFromBytes(("tenant " + it).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .toString();
            var onboarding = new TenantOnboarding();
            onboarding.setMetadata(new ObjectMetaBuilder()
                    .withName("customer-" + it)
                    .withNamespace(NAMESPACE)
                    .withUid(tenant)
                    .withGeneration(1L)
                    .build());
            var plans = random.nextInt(3) == 0 ? List.of(catalog.plans().get(random.nextInt(2))) : catalog.plans();
            onboarding.setSpec(new TenantOnboardingSpec(
                    tenant,
                    List.of(new License(catalog.name(), plans, List.of())),
                    null,
                    null,
                    random.nextInt(40) == 0));
            onboardings.add(onboarding);
            directory.createTenant(tenant);
            catalog.applications().forEach((name, app) -> grant(tenant, name, app.getKey(), app.getValue()));
            if (random.nextInt(12) == 0) {
                directory.failDelegatedGrants(
                        tenant,
                        Failure.of(
                                Failure.Reason.VerifierPermissionsMissing,
                                "The verifier may not read them.",
                                "Grant it Directory.Read.All."));
            } else if (random.nextInt(20) == 0) {
                directory.fail(tenant, Failure.of(Failure.Reason.GraphUnavailable, "Graph is away.", "Wait."));
            }
        });
    }

    private void grant(String tenant, String name, String clientId, Set<String> asked) {
        if (random.nextInt(6) == 0) {
            return;
        }
        directory.install(tenant, clientId, name);
        asked.stream().filter(_ -> random.nextInt(8) != 0).forEach(it -> grant(tenant, clientId, it));
        // Left over from earlier versions, or given by hand.
        RandomCatalog.permissions().stream()
                .filter(_ -> random.nextInt(10) == 0)
                .forEach(it -> grant(tenant, clientId, it));
        if (random.nextInt(20) == 0) {
            directory.setEnabled(tenant, clientId, false);
        }
    }

    private void grant(String tenant, String clientId, String permission) {
        var parts = permission.split("/");
        var api = WellKnownResource.appIdOf(parts[0]);
        if (parts[1].equals("Application")) {
            directory.grantAppRoles(tenant, clientId, api, parts[2]);
        } else {
            directory.grantScopes(tenant, clientId, api, parts[2]);
        }
    }

    /** The operator looks until nothing is in motion any more. */
    void settle(ApplicationCatalog catalog) {
        for (var round = 0; round < 4; round++) {
            clock.advance(Duration.ofMinutes(3));
            onboardings.forEach(it -> it.setStatus(pipeline.run(
                            it,
                            new Surroundings(
                                    Map.of(),
                                    name -> Optional.of(catalog)
                                            .filter(known -> known.getMetadata()
                                                    .getName()
                                                    .equals(name))))
                    .status()));
        }
    }

    Snapshot snapshot(ApplicationCatalog catalog) {
        return new Snapshot(clock.instant(), List.of(catalog), onboardings, Optional.of(Map.of(NAMESPACE, Map.of())));
    }
}
