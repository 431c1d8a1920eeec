package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.PipelineFixture;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.truth.VirtualOperator.Sabotage;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour.MissingServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The simulated cloud of a class of tests with the operator's pipeline before it. Each test has a tenant of its own. */
final class TrapCloud implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    static final String GRAPH = "MicrosoftGraph";
    static final String EXCHANGE = "ExchangeOnline";
    static final String COMMUNICATION = "AzureCommunicationServices";
    static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";
    static final String PUBLISHER = "3c1f6d0e-0000-4000-8000-00000000ffff";
    static final String REDIRECT_URI = "https://vendor.example/consented";

    private static final String SECRET = "correct-horse-battery-staple";
    private static final Duration TOKEN_LIFETIME = Duration.ofSeconds(3599);

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedDirectory directory = new SimulatedDirectory(clock);
    private MicrosoftSimulator simulator;
    private VirtualPipeline pipeline;
    private HttpClient http;
    private int tenants;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        simulator = MicrosoftSimulator.start(World.authority(), 0, directory);
        var caBundle = Files.createTempFile("ca", ".crt");
        World.authority().writeTo(caBundle);
        pipeline = new VirtualPipeline(
                new CloudEndpoints(Cloud.Custom, url(), url()),
                clock,
                caBundle,
                () -> PipelineFixture.secret("verifier", SECRET, 1),
                () -> Instant.EPOCH,
                Sabotage.NONE,
                new SplittableRandom(1));
        Files.delete(caBundle);
        http = HttpClient.newBuilder()
                .sslContext(World.authority().clientContext())
                .build();
        // Exchange Online has a Mail.Send of its own, which the simulator leaves out.
        directory.defineResource(
                "00000002-0000-0ff1-ce00-000000000000",
                "Office 365 Exchange Online",
                List.of("full_access_as_app", "Mail.Send"),
                List.of("EWS.AccessAsUser.All"));
        directory.register(new ApplicationRegistration(
                VERIFIER,
                "Verifier",
                PUBLISHER,
                List.of(
                        new RequestedPermission(GRAPH, PermissionType.Application, "Application.Read.All"),
                        new RequestedPermission(GRAPH, PermissionType.Application, "Directory.Read.All")),
                List.of(),
                Set.of(SECRET)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        directory.heal();
        directory
                .behaviour()
                .pageSize(999)
                .replicaLags(Duration.ZERO)
                .tokenLifetime(TOKEN_LIFETIME)
                .missingServicePrincipal(MissingServicePrincipal.REFUSE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        http.close();
        pipeline.close();
        simulator.close();
    }

    /** A tenant that consented to the verifier long ago, and to nothing else. */
    TrapTenant newTenant() {
        tenants++;
        var id = "3c1f6d0e-0000-4000-8000-%012d".formatted(tenants);
        directory.createTenant(id, "Contoso " + tenants);
        directory.consent(id, VERIFIER);
        clock.advance(Duration.ofDays(1));
        return new TrapTenant(this, id, "aaaaaaaa-0000-4000-8000-%012d".formatted(tenants));
    }

    void register(String clientId, String displayName, String publisher, Permission... permissions) {
        directory.register(new ApplicationRegistration(
                clientId,
                displayName,
                publisher,
                Stream.of(permissions)
                        .map(it -> new RequestedPermission(it.resource(), it.type(), it.value()))
                        .toList(),
                List.of(REDIRECT_URI),
                Set.of()));
    }

    SimulatedDirectory directory() {
        return directory;
    }

    VirtualClock clock() {
        return clock;
    }

    VirtualPipeline pipeline() {
        return pipeline;
    }

    HttpClient http() {
        return http;
    }

    NaiveVerifier naiveVerifier(String tenantId) {
        return new NaiveVerifier(http, url(), tenantId, VERIFIER, SECRET);
    }

    private URI url() {
        return simulator.url();
    }
}
