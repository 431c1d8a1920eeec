package dev.tenantops.onboarding.operator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.OnboardingPipeline;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.PipelineFixture;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.truth.VirtualOperator.Sabotage;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The operator's pipeline with its production adapter, in virtual time. */
final class VirtualPipeline implements AutoCloseable {

    static final long MOST_BYTES = 256 * 1024;

    private static final VerificationTiming TIMING =
            new VerificationTiming(VirtualOperator.INTERVAL, VirtualOperator.FRESHNESS, Duration.ofMinutes(2));
    private final GraphTenantDirectory directory;
    private final RecordedDirectory recorded;
    private final OnboardingPipeline pipeline;
    private final OnboardingPipeline reference;
    private final boolean compared;
    private double random;

    /**
     * @param secret the Secret of every verifier, as it is at the time
     * @param secretStoredAt since when it is so
     * @param random spreads the checks
     */
    VirtualPipeline(
            CloudEndpoints cloud,
            VirtualClock clock,
            Path caBundle,
            Supplier<Secret> secret,
            Supplier<Instant> secretStoredAt,
            Sabotage sabotage,
            RandomGenerator random) {
        directory = PipelineFixture.directory(clock, caBundle, MOST_BYTES, sabotage.credentialPropagation());
        recorded = new RecordedDirectory(directory);
        compared = sabotage == Sabotage.NONE;
        pipeline = pipeline(
                cloud,
                clock,
                secret,
                secretStoredAt,
                sabotage,
                sabotage.directory().apply(recorded),
                () -> {
                    this.random = random.nextDouble();
                    return this.random;
                });
        reference = pipeline(cloud, clock, secret, secretStoredAt, sabotage, recorded.again(), () -> this.random);
    }

    private static OnboardingPipeline pipeline(
            CloudEndpoints cloud,
            VirtualClock clock,
            Supplier<Secret> secret,
            Supplier<Instant> secretStoredAt,
            Sabotage sabotage,
            TenantDirectory directory,
            DoubleSupplier random) {
        return new OnboardingPipeline(
                PipelineFixture.ports(
                        clock,
                        _ -> Optional.of(cloud),
                        directory,
                        new VerifierSecrets(
                                _ -> Optional.of(secret.get()),
                                _ -> Optional.of(secretStoredAt.get()),
                                Optional.empty()),
                        PipelineFixture.REACHABLE,
                        random),
                PipelineFixture.timing(TIMING, sabotage.propagation()));
    }

    CheckResult run(TenantOnboarding onboarding, ApplicationCatalog catalog) {
        return run(onboarding, Optional.of(catalog), Set.of());
    }

    /** Runs the pipeline, and one beside it that knows no fingerprints: both have to come to the same. */
    CheckResult run(TenantOnboarding onboarding, Optional<ApplicationCatalog> catalog, Set<String> claimedElsewhere) {
        recorded.begin();
        var surroundings = new Surroundings(
                Map.of(),
                name -> catalog.filter(it -> it.getMetadata().getName().equals(name)),
                claimedElsewhere);
        var outcome = pipeline.run(onboarding, surroundings);
        if (compared) {
            // Of an object without a version nothing is remembered, so it judges everything.
            var expected = reference.run(withoutVersion(onboarding), surroundings);
            assertThat(outcome.status()).isEqualTo(expected.status());
            assertThat(outcome.recheck()).isEqualTo(expected.recheck());
            assertThat(outcome.anew().apply(onboarding))
                    .isEqualTo(expected.anew().apply(onboarding));
        }
        return outcome;
    }

    /** The same object, of which nothing can be remembered. */
    private static TenantOnboarding withoutVersion(TenantOnboarding onboarding) {
        var copy = new TenantOnboarding();
        copy.setMetadata(new ObjectMetaBuilder(onboarding.getMetadata())
                .withResourceVersion(null)
                .build());
        copy.setSpec(onboarding.getSpec());
        copy.setStatus(onboarding.getStatus());
        return copy;
    }

    /** How often the last check really read an application, by client id. */
    Map<String, Integer> readings() {
        return recorded.readings();
    }

    /** How many readings were told by their fingerprints. */
    int unchanged() {
        return recorded.unchanged();
    }

    @Override
    public void close() {
        directory.close();
    }
}
