package dev.tenantops.onboarding.sandbox.chaos.machine;

import dev.tenantops.onboarding.sandbox.chaos.gateway.Gateway;
import dev.tenantops.onboarding.sandbox.operator.Installation.Launch;
import dev.tenantops.onboarding.sandbox.operator.LeaseWatch;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The replicas of the operator as a Deployment keeps them: one that has ended is started again. They know the API server
 * by the gateway alone.
 */
public final class Replicas {

    public static final String LEASE = "onboarding-tenant-onboarding-operator";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final OperatorSandbox stage;
    private final Gateway gateway;
    private final String authority;
    private final LeaseWatch lease;
    private final List<Replica> replicas;
    private final Optional<Path> fakedClock;
    private int starts;

    public Replicas(OperatorSandbox stage, Gateway gateway, List<String> places) {
        this.stage = stage;
        this.gateway = gateway;
        this.authority = stage.sandbox().authority().certificatePem();
        this.lease = new LeaseWatch(stage.client(), LEASE);
        this.replicas = places.stream()
                .map(it -> new Replica(
                        it, stage.sandbox().directory().resolve("replicas").resolve(it)))
                .toList();
        this.fakedClock = fakedClock();
    }

    /** Debian's libfaketime, where it is installed. */
    private static Optional<Path> fakedClock() {
        Path libraries = Path.of("/usr/lib");
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(libraries)) {
            return folders.map(it -> it.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the clocks of the replicas can be moved. */
    public boolean clocksMove() {
        return fakedClock.isPresent();
    }

    public List<Replica> all() {
        return replicas;
    }

    public int starts() {
        return starts;
    }

    /** The one that the lease names, if it is one of these. */
    public Optional<Replica> leader() {
        return lease.holder()
                .flatMap(holder ->
                        replicas.stream().filter(it -> it.pod().equals(holder)).findFirst());
    }

    public LeaseWatch lease() {
        return lease;
    }

    /** One that does not lead. */
    public Optional<Replica> follower() {
        Optional<Replica> leader = leader();
        return replicas.stream().filter(it -> !leader.equals(Optional.of(it))).findFirst();
    }

    /** Starts what does not run, and looks who is ready. */
    void tend() {
        for (Replica replica : replicas) {
            if (!replica.running()) {
                start(replica);
            } else if (!replica.frozen()) {
                replica.ready(isReady(replica));
            }
        }
    }

    private static boolean isReady(Replica replica) {
        try {
            return replica.process().isReady();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void start(Replica replica) {
        starts++;
        OperatorProcess process = stage.startReplica(
                replica.pod(),
                launch -> adapted(launch, replica),
                OperatorSandbox.target().resolve("chaos-%s-%d.log".formatted(replica.place(), starts)));
        replica.started(process);
    }

    private Launch adapted(Launch launch, Replica replica) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.put("KUBECONFIG", kubeconfig(Path.of(environment.get("KUBECONFIG")), replica));
        fakedClock.ifPresent(library -> environment.putAll(Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", replica.clockFile().toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1")));
        List<String> flags = new ArrayList<>(launch.jvmFlags());
        flags.add("-Djdk.net.hosts.file=" + replica.hosts());
        flags.add("-Dsun.net.inetaddr.ttl=1");
        return new Launch(flags, environment);
    }

    private String kubeconfig(Path original, Replica replica) {
        try {
            Config config = YAML.unmarshal(Files.readString(original), Config.class);
            config.getClusters().forEach(it -> {
                it.getCluster().setServer("https://%s:%d".formatted(Replica.API_HOST, gateway.portOf(replica.place())));
                it.getCluster()
                        .setCertificateAuthorityData(
                                Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII)));
            });
            return Files.writeString(replica.folder().resolve("kubeconfig"), YAML.asYaml(config))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
