package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.FaultGround.https;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.entra.RequestListener;
import dev.tenantops.onboarding.operator.network.FaultTrial.Outcome;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What the operator's own cluster and the way out of it do. */
final class ClusterFaults {

    private static final String SEARCH_DOMAIN = "corp.example";
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final List<FaultTrial> trials = new ArrayList<>();

    static List<FaultTrial> trials() {
        ClusterFaults faults = new ClusterFaults();
        faults.names();
        faults.addresses();
        faults.idleConnections();
        return List.copyOf(faults.trials);
    }

    private void names() {
        add("a search domain answers for a name that does not exist", Reason.DnsFailed.name(), ground -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            return named(ground, "hub.example.com." + SEARCH_DOMAIN, "https://hub.example.com:" + port);
        });
        add("none (https, beside a search domain that answers for everything)", "Reachable", ground -> {
            int port = ground.endpoint(ground.authority.serverContext("hub.example.com"), new EndpointBehaviour.Serve())
                    .address()
                    .getPort();
            return named(ground, "hub.example.com", "https://hub.example.com:" + port);
        });
    }

    private void addresses() {
        add("the endpoint has an address of the cluster that looks public", Reason.AddressNotAllowed.name(), ground -> {
            int port = ground.endpoint(new EndpointBehaviour.Serve()).address().getPort();
            AddressPolicy policy =
                    AddressPolicy.of(List.of("127.0.0.0/8", "::1/128"), List.of("127.0.0.1/32", "::1/128"), List.of());
            return ground.probe(
                    ground.settings(FaultGround.AMPLE, Duration.ZERO, policy), https(port), Optional.empty());
        });
    }

    private void idleConnections() {
        add("a gateway forgets the idle connections to Microsoft", "Read", ClusterFaults::forgotten);
    }

    private static Outcome named(FaultGround ground, String known, String url) {
        CanaryDns dns = ground.opened(new CanaryDns(Map.of(known, InetAddress.getLoopbackAddress())));
        DnsNames names = ground.opened(new DnsNames(
                new SingletonDnsServerAddressStreamProvider(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.port())),
                List.of(SEARCH_DOMAIN)));
        return Outcome.of(new SocketNetworkProbe(ground.settings(FaultGround.AMPLE, Duration.ZERO), names)
                .probe(new ProbeTarget(URI.create(url), Optional.empty())));
    }

    /** Reads a tenant, loses the connections, and reads it again. */
    private static Outcome forgotten(FaultGround ground) throws Exception {
        String tenant = UUID.randomUUID().toString();
        String verifier = UUID.randomUUID().toString();
        SimulatedDirectory tenants = new SimulatedDirectory();
        tenants.register(new ApplicationRegistration(
                verifier,
                "Verifier",
                tenant,
                List.of(
                        new RequestedPermission(GRAPH, PermissionType.Application, "Application.Read.All"),
                        new RequestedPermission(GRAPH, PermissionType.Application, "Directory.Read.All")),
                List.of(),
                Set.of("verifier-secret")));
        tenants.createTenant(tenant, "Contoso");
        tenants.consent(tenant, verifier);
        MicrosoftSimulator microsoft = ground.opened(MicrosoftSimulator.start(ground.authority, 0, tenants));
        ForgetfulGateway gateway =
                ground.opened(new ForgetfulGateway(microsoft.url().getPort()));
        URI url = URI.create("https://localhost:" + gateway.port());
        AtomicLong later = new AtomicLong();
        GraphTenantDirectory directory = ground.opened(new GraphTenantDirectory(
                new EntraSettings(
                        TrustAnchors.ofJdkAnd(Optional.of(ground.trustAnchors)),
                        Optional.empty(),
                        FaultGround.AMPLE,
                        FaultGround.PATIENCE.multipliedBy(3),
                        1024 * 1024,
                        Duration.ofHours(6),
                        8),
                Clock.systemUTC(),
                () -> System.nanoTime() + later.get(),
                RequestListener.NONE));
        TenantQuery query = new TenantQuery(
                new CloudEndpoints(Cloud.Custom, url, url),
                tenant,
                new Verifier(verifier, new Credential.ClientSecret("1", "verifier-secret")),
                List.of(),
                Set.of(GRAPH),
                false);
        directory.read(query);
        gateway.forget();
        later.addAndGet(IDLE.toNanos());
        TenantObservation observation = directory.read(query);
        return new Outcome(
                observation
                        .applications()
                        .ifFailed()
                        .map(it -> it.reason().name())
                        .orElse("Read"),
                observation);
    }

    private void add(String fault, String expected, FaultTrial.Attempt attempt) {
        trials.add(new FaultTrial(fault, Way.DIRECT, expected, attempt));
    }
}
