package dev.tenantops.onboarding.sandbox.chaos.fault;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Hinders;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Scope;
import dev.tenantops.onboarding.sandbox.chaos.gateway.CloudGate.Way;
import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What goes wrong on the way to Microsoft, and there. */
public final class CloudFaults {

    /** How far a replica of the directory is behind at most. */
    public static final Duration LAG = Duration.ofSeconds(8);

    private static final Duration LONG = Duration.ofMinutes(2);

    static final List<FaultKind> KINDS = List.of(
            way("cloud-away", Way.CLOSED).lasting(5, 45),
            way("cloud-silent", Way.SILENT).lasting(5, 45),
            way("cloud-trickles", Way.TRICKLE).lasting(5, 40),
            way("cloud-certificate-expired", Way.EXPIRED).lasting(5, 40),
            FaultKind.seconds("cloud-unresolvable", Scope.ALL, Hinders.NOTHING, (world, _) -> {
                        world.replicas().all().forEach(it -> it.resolves(Replica.CLOUD_HOST, false));
                        world.cloud().disconnect();
                        return () -> world.replicas().all().forEach(it -> it.resolves(Replica.CLOUD_HOST, true));
                    })
                    .lasting(5, 40),
            FaultKind.once("cloud-connections-reset", Scope.ALL, (world, _) -> {
                world.cloud().disconnect();
                return Ending.NONE;
            }),
            everywhere("throttled-with-retry-after", Effect.throttled(Duration.ofSeconds(5)))
                    .lasting(5, 30),
            everywhere("throttled-without-retry-after", Effect.status(429)).lasting(5, 30),
            everywhere("cloud-unavailable", Effect.status(503)),
            everywhere("answers-truncated", new Effect.Truncated()),
            everywhere("answers-html", new Effect.Html(200)),
            everywhere("answers-empty", new Effect.EmptyObject()),
            everywhere("cloud-slow", Effect.slow(Duration.ofSeconds(2))),
            on("items-lost", RequestKind.BATCH_ITEM, new Effect.MissingItem()),
            on("items-not-found", RequestKind.BATCH_ITEM, Effect.status(500)),
            on("claims-challenged", RequestKind.BATCH, new Effect.ClaimsChallenge()),
            on("sign-in-away", RequestKind.TOKEN, Effect.status(503)),
            FaultKind.seconds("directory-lags", Scope.ALL, Hinders.NOTHING, (world, _) -> {
                        world.directory().behaviour().replicaLags(Duration.ZERO, LAG);
                        return () -> world.directory().behaviour().replicaLags();
                    })
                    .lasting(10, 30),
            FaultKind.seconds("verifier-secret-away", Scope.ALL, Hinders.NOTHING, (world, _) -> secretAway(world)),
            one("tenant-silent", RequestKind.BATCH, Effect.slow(LONG)),
            one("tenant-slow", RequestKind.BATCH, Effect.slow(Duration.ofSeconds(7))),
            one("tenant-throttled", RequestKind.BATCH, Effect.throttled(Duration.ofSeconds(20))),
            one("tenant-disconnects", RequestKind.BATCH, new Effect.Disconnect()),
            one("tenant-pages-without-end", RequestKind.BATCH_ITEM, new Effect.EmptyPage()));

    private CloudFaults() {}

    private static FaultKind way(String name, Way way) {
        return FaultKind.seconds(name, Scope.ALL, Hinders.NOTHING, (world, _) -> {
            world.cloud().go(way);
            return () -> world.cloud().go(Way.OPEN);
        });
    }

    private static FaultKind everywhere(String name, Effect effect) {
        return FaultKind.seconds(
                name,
                Scope.ALL,
                Hinders.NOTHING,
                (world, _) -> Stream.of(RequestKind.TOKEN, RequestKind.GRAPH, RequestKind.BATCH)
                        .map(it -> failing(world, Fault.on(it, effect)))
                        .reduce(Ending.NONE, Ending::then));
    }

    private static FaultKind on(String name, RequestKind kind, Effect effect) {
        return FaultKind.seconds(
                name, Scope.ALL, Hinders.NOTHING, (world, _) -> failing(world, Fault.on(kind, effect)));
    }

    private static FaultKind one(String name, RequestKind kind, Effect effect) {
        return FaultKind.seconds(name, Scope.ONE, Hinders.NOTHING, (world, random) -> {
                    Customer customer = world.customers().trouble(random);
                    world.journal().note(name + " is of " + customer.key());
                    return failing(world, Fault.on(kind, effect).inTenant(customer.tenantId()));
                })
                .lasting(10, 40);
    }

    private static Ending failing(World world, Fault fault) {
        String id = world.directory().fail(fault);
        return () -> world.directory().withdraw(id);
    }

    /** Without the label the operator does not know it. */
    private static Ending secretAway(World world) {
        var secret = world.client()
                .secrets()
                .inNamespace(Installation.NAMESPACE)
                .withName(world.customers()
                        .catalog()
                        .getSpec()
                        .verifier()
                        .credentialsRef()
                        .name());
        secret.edit(it -> {
            it.getMetadata().getLabels().remove(ApiGroup.VERIFIER_LABEL);
            return it;
        });
        return () -> secret.edit(it -> it.edit()
                .editMetadata()
                .addToLabels(ApiGroup.VERIFIER_LABEL, "true")
                .endMetadata()
                .build());
    }
}
