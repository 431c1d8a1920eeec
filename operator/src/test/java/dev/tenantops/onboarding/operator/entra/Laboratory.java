package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.tls.PemBundle;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The simulator with a verifier and two tenants that consented to it, and the directory under test before it. */
final class Laboratory implements AutoCloseable {

    static final String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    static final String OTHER_TENANT = "3c1f6d0e-0000-4000-8000-000000000002";
    static final String PUBLISHER = "3c1f6d0e-0000-4000-8000-00000000ffff";
    static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    static final String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
    static final String SECRET = "correct-horse-battery-staple";

    /** What leaves one item of a batch unread. */
    static final List<Effect> UNREADABLE = List.of(
            new Effect.MissingItem(),
            new Effect.EmptyObject(),
            new Effect.EmptyBody(200),
            new Effect.Html(502),
            Effect.status(400),
            Effect.status(401),
            Effect.status(403),
            Effect.status(404),
            Effect.throttled(Duration.ofSeconds(7)),
            Effect.status(500));

    final CertificateAuthority authority = CertificateAuthority.create("Simulated Microsoft");
    final SimulatedDirectory tenants;
    final MicrosoftSimulator simulator;
    final GraphTenantDirectory directory;
    private final Map<String, String> lastSeen = new HashMap<>();
    private Credential credential = new Credential.ClientSecret("1", SECRET);

    Laboratory() {
        this(8L * 1024 * 1024);
    }

    Laboratory(long maxResponseBytes) {
        this(Clock.systemUTC(), Ticker.systemTicker(), maxResponseBytes);
    }

    /** @param clock of the directory under test; the simulator has the system's */
    Laboratory(VirtualClock clock) {
        this(clock, 8L * 1024 * 1024);
    }

    Laboratory(VirtualClock clock, long maxResponseBytes) {
        this(clock, clock::nanos, maxResponseBytes);
    }

    private Laboratory(Clock clock, Ticker ticker, long maxResponseBytes) {
        tenants = new SimulatedDirectory();
        simulator = MicrosoftSimulator.start(authority, 0, tenants, "microsoft.invalid");
        directory =
                new GraphTenantDirectory(settings(authority, maxResponseBytes), clock, ticker, RequestListener.NONE);
        tenants.register(application(
                VERIFIER,
                new RequestedPermission(GRAPH, PermissionType.Application, "Application.Read.All"),
                new RequestedPermission(GRAPH, PermissionType.Application, "Directory.Read.All")));
        for (String tenant : List.of(TENANT, OTHER_TENANT, PUBLISHER)) {
            tenants.createTenant(tenant, "Tenant " + tenant);
            tenants.consent(tenant, VERIFIER);
        }
    }

    static EntraSettings settings(CertificateAuthority authority, long maxResponseBytes) {
        return settings(authority, Optional.empty(), Duration.ofSeconds(20), maxResponseBytes);
    }

    /** @param callTimeout for each request */
    static EntraSettings settings(CertificateAuthority authority, Optional<URI> proxy, Duration callTimeout) {
        return settings(authority, proxy, callTimeout, 1024 * 1024);
    }

    private static EntraSettings settings(
            CertificateAuthority authority, Optional<URI> proxy, Duration callTimeout, long maxResponseBytes) {
        return new EntraSettings(
                trusting(authority),
                proxy.map(it -> new ForwardProxy(it, Optional.empty(), Optional.empty())),
                Duration.ofSeconds(10),
                callTimeout,
                maxResponseBytes,
                Duration.ofHours(6),
                64);
    }

    static TrustAnchors trusting(CertificateAuthority authority) {
        return TrustAnchors.ofJdkAnd(Optional.empty()).and(PemBundle.of(authority.certificatePem()));
    }

    static ApplicationRegistration application(String clientId, RequestedPermission... permissions) {
        return new ApplicationRegistration(
                clientId, "Application " + clientId, PUBLISHER, List.of(permissions), List.of(), Set.of(SECRET));
    }

    static String clientId(int number) {
        return "aaaaaaaa-0000-4000-8000-%012d".formatted(number);
    }

    /** Installs applications 1 to count in the tenant, each with one app role and one delegated permission. */
    List<String> install(String tenantId, int count) {
        List<String> clientIds = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            String clientId = clientId(number);
            tenants.register(application(
                    clientId,
                    new RequestedPermission(GRAPH, PermissionType.Application, "User.Read.All"),
                    new RequestedPermission(GRAPH, PermissionType.Delegated, "User.Read")));
            tenants.consent(tenantId, clientId);
            clientIds.add(clientId);
        }
        return clientIds;
    }

    /** From now on the verifier signs in with this. */
    void use(Credential changed) {
        credential = changed;
    }

    CloudEndpoints cloud() {
        return new CloudEndpoints(Cloud.Custom, simulator.url(), simulator.url());
    }

    Verifier verifier() {
        return new Verifier(VERIFIER, credential);
    }

    /** Reads as the operator does: with the object ids of the last reading. */
    TenantObservation read(String tenantId, List<String> clientIds) {
        return read(tenantId, clientIds, false);
    }

    TenantObservation read(String tenantId, List<String> clientIds, boolean freshDefinitions) {
        TenantObservation seen = directory.read(query(tenantId, clientIds, Set.of(GRAPH, EXCHANGE), freshDefinitions));
        seen.applications()
                .ifComplete()
                .ifPresent(applications -> applications.forEach((clientId, application) ->
                        application.servicePrincipal().ifPresent(it -> lastSeen.put(tenantId + clientId, it.id()))));
        return seen;
    }

    /** The same of applications that can be read, by client id. */
    Map<String, ApplicationObservation> applications(String tenantId, List<String> clientIds) {
        return read(tenantId, clientIds).applications().ifComplete().orElseThrow();
    }

    /** What the operator would ask, with the object ids of the last reading. */
    TenantQuery query(String tenantId, List<String> clientIds, Set<String> resources, boolean freshDefinitions) {
        return new TenantQuery(
                cloud(),
                tenantId,
                verifier(),
                clientIds.stream()
                        .map(it -> new ApplicationQuery(it, Optional.ofNullable(lastSeen.get(tenantId + it))))
                        .toList(),
                resources,
                freshDefinitions);
    }

    /** Reads no application, at another Microsoft than the simulator. */
    TenantObservation read(CloudEndpoints cloud, String tenantId) {
        return read(directory, cloud, tenantId);
    }

    /** The same with another directory. */
    TenantObservation read(GraphTenantDirectory other, CloudEndpoints cloud, String tenantId) {
        return other.read(new TenantQuery(cloud, tenantId, verifier(), List.of(), Set.of(GRAPH), false));
    }

    @Override
    public void close() {
        directory.close();
        simulator.close();
    }
}
