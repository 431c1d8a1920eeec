package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** The sample products in a simulated cloud, and the operator's pipeline with its real adapter before it. */
final class LicensedCloud implements AutoCloseable {

    private static final long MOST_BYTES = 8L * 1024 * 1024;
    private static final String SECRET = "correct-horse-battery-staple";

    final SimulatedDirectory tenants;
    final MicrosoftSimulator simulator;
    final OnboardingPipeline pipeline;
    final Map<String, ApplicationCatalog> catalogs = new HashMap<>();

    /** What each endpoint is found to be. */
    ProbeResult probed = new ProbeResult.Reachable(PipelineFixture.TRACE);

    /** Whether the verifiers' Secrets are there. */
    boolean secrets = true;

    /** What signs the links to the pages. */
    PageKeys keys = PageKeys.of(Map.of(1, new byte[PageKeys.LEAST_BYTES]), Set.of());

    final PageLinks pages = new PageLinks(URI.create("https://onboarding.example.com"), () -> keys);

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
        directory = PipelineFixture.directory(clock, caBundle, MOST_BYTES);
        pipeline = new OnboardingPipeline(
                PipelineFixture.ports(
                        clock,
                        it -> Optional.of(new CloudEndpoints(it.cloud(), simulator.url(), simulator.url())),
                        directory,
                        new VerifierSecrets(
                                name -> Optional.of(PipelineFixture.secret(name, SECRET, 1))
                                        .filter(_ -> secrets),
                                Optional.empty()),
                        (_, _) -> probed,
                        new SplittableRandom(1)::nextDouble,
                        Optional.of(pages)),
                PipelineFixture.TIMING);
    }

    Instant now() {
        return clock.instant();
    }

    void passUntil(Instant time) {
        clock.set(time);
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public void close() {
        directory.close();
        simulator.close();
    }
}
