package dev.tenantops.onboarding.sandbox.chaos.fault;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Hinders;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Scope;
import dev.tenantops.onboarding.sandbox.chaos.gateway.Answer;
import dev.tenantops.onboarding.sandbox.chaos.gateway.ApiRequest;
import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replicas;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.function.Predicate;

/** What goes wrong between the operator and the API server, and in it. */
final class ApiServerFaults {

    private static final String CLUSTER_ROLE = "onboarding-tenant-onboarding-operator";

    private static final Predicate<ApiRequest> ALL = _ -> true;
    private static final Predicate<ApiRequest> STATUSES =
            it -> it.isStatusWrite() && it.group().equals(ApiGroup.NAME);
    private static final Predicate<ApiRequest> OURS = it -> it.group().equals(ApiGroup.NAME);

    private static final Answer CONFLICT = Answer.refused(
            409, "Conflict", "the object has been modified; please apply your changes to the latest version");
    private static final Answer INVALID = Answer.refused(422, "Invalid", "status is invalid, says a policy");
    private static final Answer THROTTLED =
            new Answer.Refused(429, "TooManyRequests", "too many requests, please try again later", 2);
    private static final Answer INTERNAL = Answer.refused(500, "InternalError", "etcdserver: request timed out");
    private static final Answer WEBHOOK = Answer.refused(
            500,
            "InternalError",
            "Internal error occurred: failed calling webhook \"validate.example.com\": connection refused");
    private static final Answer UNAVAILABLE = Answer.refused(503, "ServiceUnavailable", "apiserver is shutting down");
    private static final Answer TIMEOUT = Answer.refused(504, "Timeout", "the request timed out");

    static final List<FaultKind> KINDS = List.of(
            refused("status-conflict", CONFLICT),
            refused("status-invalid", INVALID),
            refused("status-throttled", THROTTLED),
            refused("status-error", INTERNAL),
            refused("status-unavailable", UNAVAILABLE),
            refused("status-timeout", TIMEOUT),
            refused("status-webhook-away", WEBHOOK),
            refusedForLong("status-invalid-for-long", INVALID),
            refusedForLong("status-unavailable-for-long", UNAVAILABLE),
            refusedForLong("status-conflict-for-long", CONFLICT),
            refused("status-silent", new Answer.Silent()),
            FaultKind.seconds(
                    "status-unheard",
                    Scope.ALL,
                    Hinders.WRITES,
                    (world, _) -> world.gateway().on(STATUSES, new Answer.Unheard())),
            FaultKind.seconds(
                    "status-slow",
                    Scope.ALL,
                    Hinders.WRITES,
                    (world, _) -> world.gateway().on(STATUSES, new Answer.Late(Duration.ofSeconds(3)))),
            FaultKind.seconds("status-right-taken", Scope.ALL, Hinders.WRITES, (world, _) -> rightTaken(world)),
            FaultKind.seconds(
                    "events-refused",
                    Scope.ALL,
                    Hinders.NOTHING,
                    (world, _) -> world.gateway().on(ApiRequest::isEvent, INTERNAL)),
            FaultKind.seconds(
                    "reads-refused",
                    Scope.ALL,
                    Hinders.NOTHING,
                    (world, _) -> world.gateway().on(OURS.and(ApiRequest::isRead), INTERNAL)),
            FaultKind.seconds(
                    "everything-throttled",
                    Scope.ALL,
                    Hinders.WRITES,
                    (world, _) -> world.gateway().on(ALL, THROTTLED)),
            FaultKind.seconds(
                    "everything-slow",
                    Scope.ALL,
                    Hinders.WRITES,
                    (world, _) -> world.gateway().on(ALL, new Answer.Late(Duration.ofMillis(700)))),
            FaultKind.once("connections-reset", Scope.ALL, (world, _) -> {
                world.gateway().disconnect(_ -> true);
                return Ending.NONE;
            }),
            FaultKind.seconds("api-server-away", Scope.ALL, Hinders.WRITES, (world, _) -> {
                Ending away = world.gateway().on(ALL, new Answer.Closed());
                world.gateway().disconnect(_ -> true);
                return away;
            }),
            FaultKind.seconds(
                            "api-server-silent",
                            Scope.ALL,
                            Hinders.WRITES,
                            (world, _) -> world.gateway().on(ALL, new Answer.Silent()))
                    .lasting(3, 20),
            FaultKind.seconds("api-server-restart", Scope.ALL, Hinders.WRITES, (world, _) -> {
                world.apiServer().kill();
                return world.apiServer()::begin;
            }),
            FaultKind.seconds("api-server-unresolvable", Scope.ALL, Hinders.WRITES, (world, _) -> {
                world.replicas().all().forEach(it -> it.resolves(Replica.API_HOST, false));
                world.gateway().disconnect(_ -> true);
                return () -> world.replicas().all().forEach(it -> it.resolves(Replica.API_HOST, true));
            }),
            FaultKind.seconds("leader-cut-off", Scope.ALL, Hinders.WRITES, (world, _) -> {
                        Predicate<ApiRequest> leader = world.ofLeader();
                        String place =
                                world.replicas().leader().map(Replica::place).orElse("");
                        Ending away = world.gateway().on(leader, new Answer.Closed());
                        world.gateway().disconnect(place::equals);
                        return away;
                    })
                    .lasting(4, 25),
            FaultKind.once("watch-cut", Scope.ALL, (world, _) -> {
                world.gateway().watches().cut(ALL);
                return Ending.NONE;
            }),
            FaultKind.seconds("watch-refused", Scope.ALL, Hinders.NOTHING, (world, _) -> {
                Ending refused = world.gateway().on(ApiRequest::watch, UNAVAILABLE);
                world.gateway().watches().cut(ALL);
                return refused;
            }),
            FaultKind.seconds(
                            "watch-stale",
                            Scope.ALL,
                            Hinders.NOTHING,
                            (world, _) -> world.gateway().watches().hold(ALL))
                    .lasting(4, 25),
            FaultKind.once("watch-gone", Scope.ALL, (world, _) -> {
                world.gateway().watches().expire(ALL);
                return Ending.NONE;
            }),
            FaultKind.seconds("bookmark-lost", Scope.ALL, Hinders.NOTHING, (world, _) -> {
                        Ending lost = world.gateway().watches().withoutBookmarks(ALL);
                        return lost.then(() -> world.gateway().watches().cut(ALL));
                    })
                    .lasting(5, 30),
            FaultKind.seconds(
                    "lease-refused",
                    Scope.ALL,
                    Hinders.NOTHING,
                    (world, _) -> world.gateway().on(it -> it.isLease() && it.isWrite(), CONFLICT)),
            FaultKind.once("lease-deleted", Scope.ALL, (world, _) -> {
                world.client()
                        .leases()
                        .inNamespace(Installation.NAMESPACE)
                        .withName(Replicas.LEASE)
                        .delete();
                return Ending.NONE;
            }),
            FaultKind.once("lease-stolen", Scope.ALL, (world, _) -> {
                world.client()
                        .leases()
                        .inNamespace(Installation.NAMESPACE)
                        .withName(Replicas.LEASE)
                        .edit(lease -> {
                            lease.getSpec().setHolderIdentity("somebody-else");
                            lease.getSpec().setRenewTime(ZonedDateTime.now());
                            return lease;
                        });
                return Ending.NONE;
            }));

    private ApiServerFaults() {}

    private static FaultKind refused(String name, Answer answer) {
        return FaultKind.seconds(
                name, Scope.ALL, Hinders.WRITES, (world, _) -> world.gateway().on(STATUSES, answer));
    }

    private static FaultKind refusedForLong(String name, Answer answer) {
        return FaultKind.minutes(
                name, Scope.ALL, Hinders.WRITES, (world, _) -> world.gateway().on(STATUSES, answer));
    }

    /** Really, by the role. */
    private static Ending rightTaken(World world) {
        var role = world.client().rbac().clusterRoles().withName(CLUSTER_ROLE);
        List<PolicyRule> before = role.require().getRules();
        List<PolicyRule> without = before.stream()
                .map(rule -> rule.toBuilder()
                        .withResources(rule.getResources().stream()
                                .filter(it -> !it.equals("tenantonboardings/status"))
                                .toList())
                        .build())
                .filter(it ->
                        !it.getResources().isEmpty() || !it.getNonResourceURLs().isEmpty())
                .toList();
        role.edit(it -> it.toBuilder().withRules(without).build());
        return () -> role.edit(it -> it.toBuilder().withRules(before).build());
    }
}
