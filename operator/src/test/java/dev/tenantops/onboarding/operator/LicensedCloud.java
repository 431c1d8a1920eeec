package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.EndpointCheck;
import dev.tenantops.onboarding.operator.endpoints.RoundTiming;
import dev.tenantops.onboarding.operator.endpoints.VirtualRounds;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.operator.verdict.CatalogJudge;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import dev.tenantops.onboarding.operator.verdict.RecheckDelay;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The sample products in a simulated cloud, and the operator's pipeline with its real adapter before it. */
final class LicensedCloud implements AutoCloseable {

    static final ProbeTrace TRACE = new ProbeTrace("https://endpoint", Optional.empty(), Optional.empty(), List.of());

    private static final String SECRET = "correct-horse-battery-staple";

    final SimulatedDirectory tenants;
    final MicrosoftSimulator simulator;
    final OnboardingPipeline pipeline;
    final Map<String, ApplicationCatalog> catalogs = new HashMap<>();

    /** What each endpoint is found to be. */
    ProbeResult probed = new ProbeResult.Reachable(TRACE);

    /** Whether the verifiers' Secrets are there. */
    boolean secrets = true;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final GraphTenantDirectory directory;

    LicensedCloud(Path folder) {
        var authority = CertificateAuthority.create("Simulated Microsoft");
        var caBundle = folder.resolve("ca.crt");
        authority.writeTo(caBundle);
        tenants = new SimulatedDirectory(clock);
        simulator = MicrosoftSimulator.start(authority, 0, tenants);
        for (ApplicationCatalog catalog :
                dev.tenantops.onboarding.sandbox.Samples.load().catalogs()) {
            tenants.register(catalog, SECRET);
            catalogs.put(catalog.getMetadata().getName(), catalog);
        }
        directory = new GraphTenantDirectory(
                new EntraSettings(
                        TrustAnchors.ofJdkAnd(Optional.of(caBundle)),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        8L * 1024 * 1024,
                        Duration.ofHours(6),
                        64),
                clock,
                clock::nanos,
                RequestListener.NONE);
        pipeline = pipeline();
    }

    private OnboardingPipeline pipeline() {
        var propagation = new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2));
        var timing = new VerificationTiming(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2));
        var check = new OnboardingCheck(
                directory,
                new VerifierSecrets(name -> Optional.of(secret(name)).filter(_ -> secrets), Optional.empty()),
                new EndpointCheck(
                        (_, _) -> probed,
                        new ProxyReferences(null),
                        timing,
                        new RoundTiming(Duration.ofSeconds(30), Duration.ofMinutes(2)),
                        new VirtualRounds(clock),
                        clock,
                        _ -> {}),
                new CatalogJudge(propagation),
                new ConsentReturns(propagation.afterConsent()),
                clock);
        return new OnboardingPipeline(
                new DesiredResolver(cloud -> Optional.of(new CloudEndpoints(cloud, simulator.url(), simulator.url()))),
                check,
                new ConsentLinks(Optional.empty()),
                new RecheckDelay(propagation, Duration.ofSeconds(30)),
                timing,
                clock,
                new SplittableRandom(1)::nextDouble);
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public void close() {
        directory.close();
        simulator.close();
    }

    private static Secret secret(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(name)
                .withResourceVersion("1")
                .endMetadata()
                .addToData(
                        VerifierSecrets.CLIENT_SECRET,
                        Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
