package dev.tenantops.onboarding.sandbox.chaos.fault;

import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Hinders;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Scope;
import dev.tenantops.onboarding.sandbox.chaos.gateway.Answer;
import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.chaos.journal.Pause;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What happens to the replicas, and to the machines that they run on. Who is away is noticed by the lease. */
final class ReplicaFaults {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofSeconds(30);

    static final List<FaultKind> KINDS = List.of(
            FaultKind.once("leader-killed", Scope.ALL, (world, random) -> {
                world.replicas().leader().ifPresent(it -> killed(it, random.nextBoolean()));
                return Ending.NONE;
            }),
            FaultKind.once("follower-killed", Scope.ALL, (world, random) -> {
                world.replicas().follower().ifPresent(it -> killed(it, random.nextBoolean()));
                return Ending.NONE;
            }),
            FaultKind.once("all-killed", Scope.ALL, (world, random) -> {
                world.replicas().all().forEach(it -> killed(it, random.nextBoolean()));
                return Ending.NONE;
            }),
            FaultKind.once("leader-stopped", Scope.ALL, (world, _) -> {
                world.replicas().leader().ifPresent(it -> {
                    it.process().stop();
                    it.newPod();
                });
                return Ending.NONE;
            }),
            FaultKind.seconds(
                            "leader-frozen",
                            Scope.ALL,
                            Hinders.NOTHING,
                            (world, _) -> frozen(world.replicas().leader()))
                    .lasting(8, 30),
            FaultKind.seconds(
                            "leader-frozen-shortly",
                            Scope.ALL,
                            Hinders.NOTHING,
                            (world, _) -> frozen(world.replicas().leader()))
                    .lasting(1, 4),
            FaultKind.seconds("leader-stutters", Scope.ALL, Hinders.NOTHING, (world, _) -> {
                var over = new AtomicBoolean();
                Optional<Replica> leader = world.replicas().leader();
                Thread stutter = Thread.startVirtualThread(() -> {
                    while (!over.get()) {
                        leader.ifPresent(Replica::freeze);
                        Pause.of(Duration.ofMillis(400));
                        leader.ifPresent(Replica::thaw);
                        Pause.of(Duration.ofMillis(200));
                    }
                });
                return () -> {
                    over.set(true);
                    Pause.until(stutter);
                };
            }),
            FaultKind.seconds(
                            "leader-frozen-in-write",
                            Scope.ALL,
                            Hinders.NOTHING,
                            (world, _) -> inWrite(world, Replica::freeze, true))
                    .lasting(8, 25),
            FaultKind.seconds(
                    "leader-killed-in-write",
                    Scope.ALL,
                    Hinders.NOTHING,
                    (world, _) -> inWrite(world, it -> killed(it, false), false)),
            FaultKind.seconds(
                    "leader-killed-before-write",
                    Scope.ALL,
                    Hinders.NOTHING,
                    (world, _) -> inWrite(world, it -> killed(it, true), true)));

    /** Where clocks can be moved. */
    static final List<FaultKind> CLOCKS = List.of(
            clock("leader-clock-ahead", false, HOUR),
            clock("leader-clock-behind", false, HOUR.negated()),
            clock("all-clocks-ahead", true, HOUR),
            clock("all-clocks-behind", true, HOUR.negated()),
            FaultKind.seconds("follower-clock-ahead", Scope.ALL, Hinders.NOTHING, (world, _) -> {
                Optional<Replica> follower = world.replicas().follower();
                follower.ifPresent(it -> it.clock(SKEW));
                return () -> follower.ifPresent(it -> it.clock(Duration.ZERO));
            }));

    private ReplicaFaults() {}

    private static void killed(Replica replica, boolean anotherPod) {
        replica.kill();
        if (anotherPod) {
            replica.newPod();
        }
    }

    private static Ending frozen(Optional<Replica> replica) {
        replica.ifPresent(Replica::freeze);
        return () -> replica.ifPresent(Replica::thaw);
    }

    /**
     * Something happens to the leader at its next write of a status.
     *
     * @param before whether the write is done only then, or was done already and its answer is not heard
     */
    private static Ending inWrite(World world, Consumer<Replica> what, boolean before) {
        Optional<Replica> leader = world.replicas().leader();
        if (leader.isEmpty()) {
            return Ending.NONE;
        }
        Replica replica = leader.get();
        var first = new AtomicBoolean(true);
        Runnable once = () -> {
            if (first.getAndSet(false)) {
                what.accept(replica);
            }
        };
        Ending armed = world.gateway()
                .on(
                        it -> first.get() && it.isStatusWrite() && it.replica().equals(replica.place()),
                        before ? new Answer.Before(once) : new Answer.After(once));
        return armed.then(replica::thaw);
    }

    /** A time that was written by a clock that is wrong is not compared with ours. */
    private static FaultKind clock(String name, boolean all, Duration ahead) {
        return FaultKind.seconds(name, Scope.ALL, Hinders.NOTHING, (world, _) -> {
                    List<Replica> replicas = all
                            ? world.replicas().all()
                            : world.replicas().leader().stream().toList();
                    Ending wrong = world.clocks().begin(Duration.ofSeconds(10), Duration.ofSeconds(10));
                    replicas.forEach(it -> it.clock(ahead));
                    Ending right = () -> replicas.forEach(it -> it.clock(Duration.ZERO));
                    return right.then(wrong);
                })
                .lasting(5, 30);
    }
}
