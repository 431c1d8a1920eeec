package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ConsentReturn;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.PipelineFixture;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The operator's pipeline with its production adapter in virtual time, and around it what Kubernetes does: it keeps the
 * status, brings changes at once, and calls again when asked to.
 */
final class VirtualOperator implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMinutes(5);
    static final Duration FRESHNESS = Duration.ofMinutes(15);
    static final Duration AFTER_CONSENT = Duration.ofMinutes(2);
    static final Duration CONFIRMATION = Duration.ofSeconds(30);
    static final Duration CREDENTIAL_PROPAGATION = Duration.ofMinutes(5);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final World world;
    private final VirtualClock clock;
    private final Path caBundle;
    private final Sabotage sabotage;
    private final Oracle oracle;
    private final SplittableRandom random;
    private final Map<String, String> annotations = new HashMap<>();

    private TenantOnboardingStatus status = TenantOnboardingStatus.initial();
    private VirtualPipeline pipeline;
    private Instant nextCheck;
    private Instant apiServerBack;
    private long generation = 1;
    private long secretVersion = 1;
    private int checks;
    private int unchanged;
    private long version;
    private List<Object> stored = List.of();

    /** What is broken on purpose, to see that the oracle notices. */
    record Sabotage(
            UnaryOperator<TenantDirectory> directory,
            Propagation propagation,
            Duration credentialPropagation,
            UnaryOperator<Set<String>> claims,
            UnaryOperator<Instant> end) {

        Sabotage(
                UnaryOperator<TenantDirectory> directory,
                Propagation propagation,
                Duration credentialPropagation,
                UnaryOperator<Set<String>> claims) {
            this(directory, propagation, credentialPropagation, claims, UnaryOperator.identity());
        }

        Sabotage(UnaryOperator<TenantDirectory> directory, Propagation propagation, Duration credentialPropagation) {
            this(directory, propagation, credentialPropagation, UnaryOperator.identity());
        }

        Sabotage(UnaryOperator<TenantDirectory> directory, Propagation propagation) {
            this(directory, propagation, CREDENTIAL_PROPAGATION);
        }

        static final Sabotage NONE =
                new Sabotage(UnaryOperator.identity(), new Propagation(CONFIRMATION, AFTER_CONSENT));

        /** It takes whatever ends to end at another time. */
        Sabotage(UnaryOperator<Instant> end) {
            this(NONE.directory(), NONE.propagation(), NONE.credentialPropagation(), NONE.claims(), end);
        }
    }

    VirtualOperator(World world, VirtualClock clock, Path caBundle, Sabotage sabotage, Oracle oracle, long seed) {
        this.world = world;
        this.clock = clock;
        this.caBundle = caBundle;
        this.sabotage = sabotage;
        this.oracle = oracle;
        this.random = new SplittableRandom(seed);
        this.apiServerBack = clock.instant();
        start();
    }

    int checks() {
        return checks;
    }

    /** How many readings were told by their fingerprints. */
    int unchanged() {
        return unchanged + pipeline.unchanged();
    }

    @Override
    public void close() {
        pipeline.close();
    }

    void take(Step step) {
        switch (step) {
            case Step.Wait(int seconds) -> pass(Duration.ofSeconds(seconds));
            case Step.NextDay(int seconds) -> {
                var now = clock.instant();
                var midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
                pass(Duration.between(now, midnight.plusSeconds(seconds)));
            }
            case Step.Restart(int seconds) -> {
                close();
                unchanged = unchanged();
                clock.advance(Duration.ofSeconds(seconds));
                oracle.blind(clock.instant());
                start();
                pass(Duration.ofSeconds(1));
            }
            case Step.ApiServerDown(int seconds) -> {
                apiServerBack = clock.instant().plusSeconds(seconds);
                pass(Duration.ofSeconds(1));
            }
            default -> {
                world.happen(step);
                follow(step);
                pass(Duration.ofSeconds(1));
            }
        }
    }

    /** What the API server tells the operator of a step. */
    private void follow(Step step) {
        switch (step) {
            case Step.Consent(String name, boolean callback) when callback -> returned(name);
            case Step.Callback(String name) -> returned(name);
            case Step.License _,
                    Step.Suspend _,
                    Step.Resume _,
                    Step.Attest _,
                    Step.AttestPrerequisite _,
                    Step.WithdrawAttestations _ -> {
                generation++;
                nextCheck = clock.instant();
            }
            case Step.ForgedReturn(String name, long seconds) -> {
                annotations.put(
                        TenantOnboarding.CONSENT_RETURNED,
                        new ConsentReturn(name, clock.instant().plusSeconds(seconds)).toString());
                nextCheck = clock.instant();
            }
            case Step.CatalogGrows _,
                    Step.CatalogShrinks _,
                    Step.CatalogAway _,
                    Step.CatalogBack _,
                    Step.ClaimedElsewhere _,
                    Step.ClaimFreed _,
                    Step.Retire _,
                    Step.Unretire _,
                    Step.AskForAttestation _ -> nextCheck = clock.instant();
            case Step.StoreSecret _, Step.ReplaceSecret _ -> {
                secretVersion++;
                nextCheck = clock.instant();
            }
            default -> {
                // The operator finds out by itself.
            }
        }
    }

    private void returned(String application) {
        annotations.put(TenantOnboarding.RECONCILE_REQUESTED_AT, clock.instant().toString());
        annotations.put(TenantOnboarding.CONSENT_RETURNED, new ConsentReturn(application, clock.instant()).toString());
        oracle.consentReturned(application, clock.instant());
        nextCheck = clock.instant();
    }

    private void start() {
        pipeline = new VirtualPipeline(
                world.cloud(),
                clock,
                caBundle,
                () -> PipelineFixture.secret("verifier", world.storedSecret(), secretVersion),
                world::secretStoredAt,
                sabotage,
                random);
        nextCheck = clock.instant();
    }

    private void pass(Duration time) {
        var end = clock.instant().plus(time);
        while (!nextCheck.isAfter(end)) {
            if (nextCheck.isAfter(clock.instant())) {
                clock.set(nextCheck);
            }
            check();
        }
        clock.set(end);
    }

    private void check() {
        checks++;
        var now = clock.instant();
        if (world.retryAfter().isPositive()) {
            oracle.askedToWait(now.plus(world.retryAfter()));
        }
        var outcome = pipeline.run(
                onboarding(), world.catalog(sabotage.end()), sabotage.claims().apply(world.claimedElsewhere()));
        if (now.isBefore(apiServerBack) && !outcome.status().equals(status)) {
            oracle.blind(now);
            nextCheck = now.plus(RETRY);
            return;
        }
        oracle.published(now, status, outcome, pipeline.readings());
        status = outcome.status();
        nextCheck = now.plus(outcome.recheck());
    }

    private TenantOnboarding onboarding() {
        var onboarding = YAML.unmarshal(
                """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: contoso, namespace: customers, generation: %d, uid: 0b0e4a8e-4f0e-4dc5-8c2e-6a54b1a6d111}
                spec:
                  tenantId: %s
                  suspend: %s
                  licenses: [{catalog: %s, plans: [%s]}]
                  attestations: [%s]
                """.formatted(
                        generation,
                        WorldTenant.ID,
                        world.suspended(),
                        WorldCatalog.NAME,
                        world.plan(),
                        world.attestations().stream()
                                .map(it -> attestation(it, sabotage.end().apply(it.until())))
                                .collect(Collectors.joining(", "))),
                TenantOnboarding.class);
        onboarding.getMetadata().setAnnotations(Map.copyOf(annotations));
        onboarding.setStatus(status);
        onboarding.getMetadata().setResourceVersion(Long.toString(version()));
        return onboarding;
    }

    private static String attestation(Terms.Word word, Instant until) {
        return "{catalog: %s, application: %s, %s: %s, reason: Somebody says so, until: \"%s\"}"
                .formatted(
                        WorldCatalog.NAME,
                        word.application(),
                        word.about() instanceof Permission ? "permission" : "prerequisite",
                        word.about() instanceof Permission permission
                                ? permission.resource() + "/" + permission.type() + "/" + permission.value()
                                : word.about(),
                        until);
    }

    /** Another one whenever something else is stored. */
    private long version() {
        var now = List.<Object>of(
                generation, world.suspended(), world.plan(), world.attestations(), Map.copyOf(annotations), status);
        if (!now.equals(stored)) {
            stored = now;
            version++;
        }
        return version;
    }
}
