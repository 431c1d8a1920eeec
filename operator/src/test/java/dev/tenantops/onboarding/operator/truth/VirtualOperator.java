package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.ConsentReturns;
import dev.tenantops.onboarding.operator.EndpointCheck;
import dev.tenantops.onboarding.operator.OnboardingCheck;
import dev.tenantops.onboarding.operator.OnboardingPipeline;
import dev.tenantops.onboarding.operator.VerificationTiming;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.verdict.ApplicationJudge;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import dev.tenantops.onboarding.operator.verdict.RecheckDelay;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The operator's pipeline with its production adapter in virtual time, and around it what Kubernetes does: it keeps the
 * status, brings changes at once, and calls again when asked to.
 */
final class VirtualOperator implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofMinutes(5);
    static final Duration FRESHNESS = Duration.ofMinutes(15);
    static final Duration AFTER_CONSENT = Duration.ofMinutes(2);
    static final Duration CONFIRMATION = Duration.ofSeconds(30);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final long MOST_BYTES = 256 * 1024;

    private final World world;
    private final VirtualClock clock;
    private final Path caBundle;
    private final Sabotage sabotage;
    private final Oracle oracle;
    private final SplittableRandom random;
    private final Map<String, String> annotations = new HashMap<>();

    private TenantOnboardingStatus status = TenantOnboardingStatus.initial();
    private GraphTenantDirectory directory;
    private OnboardingPipeline pipeline;
    private Instant nextCheck;
    private Instant apiServerBack;
    private long generation = 1;
    private long secretVersion = 1;
    private int checks;

    /** What is broken on purpose, to see that the oracle notices. */
    record Sabotage(UnaryOperator<TenantDirectory> directory, Propagation propagation) {

        static final Sabotage NONE =
                new Sabotage(UnaryOperator.identity(), new Propagation(CONFIRMATION, AFTER_CONSENT));
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

    @Override
    public void close() {
        directory.close();
    }

    void take(Step step) {
        switch (step) {
            case Step.Wait(int seconds) -> pass(Duration.ofSeconds(seconds));
            case Step.Restart(int seconds) -> {
                close();
                clock.set(clock.instant().plusSeconds(seconds));
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
            case Step.License _, Step.Suspend _, Step.Resume _ -> {
                generation++;
                nextCheck = clock.instant();
            }
            case Step.CatalogGrows _, Step.CatalogShrinks _ -> nextCheck = clock.instant();
            case Step.StoreSecret() -> {
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
        annotations.put(TenantOnboarding.CONSENT_RETURNED, application + "/" + clock.instant());
        oracle.consentReturned(application, clock.instant());
        nextCheck = clock.instant();
    }

    private void start() {
        directory = new GraphTenantDirectory(
                new EntraSettings(
                        Optional.of(caBundle),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        MOST_BYTES,
                        Duration.ofHours(6)),
                clock,
                RequestListener.NONE);
        var secrets = new VerifierSecrets(_ -> Optional.of(secret()), Optional.empty());
        var check = new OnboardingCheck(
                sabotage.directory().apply(directory),
                secrets,
                new EndpointCheck(_ -> new ProbeResult.Reachable(), new ProxyReferences(null), Runnable::run),
                new ApplicationJudge(sabotage.propagation()),
                new ConsentReturns(sabotage.propagation().afterConsent()),
                clock);
        pipeline = new OnboardingPipeline(
                new DesiredResolver(_ -> Optional.of(world.cloud())),
                check,
                new ConsentLinks(Optional.empty()),
                new RecheckDelay(sabotage.propagation()),
                new VerificationTiming(INTERVAL, FRESHNESS, Duration.ofMinutes(2), 1),
                clock,
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
        var outcome = pipeline.run(
                onboarding(),
                Map.of(),
                name -> name.equals(World.CATALOG) ? Optional.of(world.catalog()) : Optional.empty());
        if (now.isBefore(apiServerBack) && !outcome.status().equals(status)) {
            oracle.blind(now);
            nextCheck = now.plus(RETRY);
            return;
        }
        oracle.published(now, status, outcome);
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
                """.formatted(generation, World.TENANT, world.suspended(), World.CATALOG, world.plan()),
                TenantOnboarding.class);
        onboarding.getMetadata().setAnnotations(Map.copyOf(annotations));
        onboarding.setStatus(status);
        return onboarding;
    }

    private Secret secret() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("verifier")
                .withUid("0b0e4a8e-4f0e-4dc5-8c2e-6a54b1a6d222")
                .withResourceVersion(Long.toString(secretVersion))
                .endMetadata()
                .addToData(
                        VerifierSecrets.CLIENT_SECRET,
                        Base64.getEncoder().encodeToString(world.storedSecret().getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
