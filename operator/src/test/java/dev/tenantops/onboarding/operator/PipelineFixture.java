package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.RoundTiming;
import dev.tenantops.onboarding.operator.endpoints.VirtualRounds;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** What tests put behind the ports of the operator's own pipeline, in virtual time. */
public final class PipelineFixture {

    /** How long what Graph defines is known. */
    public static final Duration DEFINITIONS = Duration.ofHours(6);

    public static final Propagation PROPAGATION = new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2));

    public static final PipelineTiming TIMING = timing(
            new VerificationTiming(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(2)), PROPAGATION);

    public static final ProbeTrace TRACE =
            new ProbeTrace("https://endpoint", Optional.empty(), Optional.empty(), List.of());

    /** Every endpoint is reached. */
    public static final NetworkProbe REACHABLE = (_, _) -> new ProbeResult.Reachable(TRACE);

    private PipelineFixture() {}

    public static PipelineTiming timing(VerificationTiming verification, Propagation propagation) {
        return new PipelineTiming(
                verification, propagation, new RoundTiming(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    }

    /** Nothing wakes anybody, consent returns to nowhere, and no onboarding has a proxy. */
    public static PipelinePorts ports(
            VirtualClock clock,
            Clouds clouds,
            TenantDirectory directory,
            VerifierSecrets secrets,
            NetworkProbe probe,
            DoubleSupplier random) {
        return ports(clock, clouds, directory, secrets, probe, random, Optional.empty());
    }

    /** The same, with pages for the customers' administrators. */
    static PipelinePorts ports(
            VirtualClock clock,
            Clouds clouds,
            TenantDirectory directory,
            VerifierSecrets secrets,
            NetworkProbe probe,
            DoubleSupplier random,
            Optional<PageLinks> pages) {
        return new PipelinePorts(
                clouds,
                directory,
                secrets,
                probe,
                new ProxyReferences(null),
                new VirtualRounds(clock),
                _ -> {},
                Optional.empty(),
                pages,
                clock,
                random);
    }

    /** The production adapter before a simulated cloud. */
    public static GraphTenantDirectory directory(VirtualClock clock, Path caBundle, long mostBytes) {
        return directory(clock, caBundle, mostBytes, Duration.ofMinutes(5));
    }

    /**
     * The same.
     *
     * @param credentialPropagation for how long a credential that changed may be refused
     */
    public static GraphTenantDirectory directory(
            VirtualClock clock, Path caBundle, long mostBytes, Duration credentialPropagation) {
        return new GraphTenantDirectory(
                new EntraSettings(
                        TrustAnchors.ofJdkAnd(Optional.of(caBundle)),
                        Optional.empty(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        mostBytes,
                        DEFINITIONS,
                        64,
                        credentialPropagation),
                clock,
                clock::nanos,
                RequestListener.NONE);
    }

    /** A verifier's Secret as the API server has it. */
    public static Secret secret(String name, String clientSecret, long version) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid(name)
                .withResourceVersion(Long.toString(version))
                .endMetadata()
                .addToData(
                        VerifierSecrets.CLIENT_SECRET,
                        Base64.getEncoder().encodeToString(clientSecret.getBytes(StandardCharsets.UTF_8)))
                .build();
    }
}
