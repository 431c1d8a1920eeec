package dev.tenantops.onboarding.sandbox.chaos;

import dev.tenantops.onboarding.sandbox.chaos.check.Allowances;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind;
import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Hinders;
import dev.tenantops.onboarding.sandbox.chaos.fault.World;
import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.chaos.journal.Pause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Some faults at once, while what is true changes. */
final class Round {

    private static final Duration SPREAD = Duration.ofSeconds(15);
    private static final Duration SHORTEST_ALLOWANCE = Duration.ofSeconds(15);
    private static final int ATTEMPTS = 5;

    private final World world;
    private final Random random;
    private final AtomicInteger begun = new AtomicInteger();

    Round(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Runs faults of these kinds to their ends, and says how many began. */
    int run(List<FaultKind> kinds) {
        List<Thread> faults = new ArrayList<>();
        for (FaultKind kind : kinds) {
            Duration start = Duration.ofMillis(random.nextLong(SPREAD.toMillis()));
            Duration length = kind.length(random);
            Random own = new Random(random.nextLong());
            faults.add(Thread.ofPlatform().name(kind.name()).start(() -> {
                Pause.of(start);
                fault(kind, length, own);
            }));
        }
        while (faults.stream().anyMatch(Thread::isAlive)) {
            change();
            Pause.of(Duration.ofMillis(500 + random.nextLong(2500)));
        }
        return begun.get();
    }

    private void change() {
        try {
            world.journal().note(world.customers().change(random));
        } catch (KubernetesClientException | IllegalArgumentException e) {
            // A fault was there first.
            world.journal().note("no change: " + e.getMessage());
        }
    }

    private void fault(FaultKind kind, Duration length, Random own) {
        world.journal().say("begin  %s for %.1f s".formatted(kind.name(), length.toMillis() / 1000.0));
        Ending hindered = kind.hinders() == Hinders.WRITES
                ? world.impediments().begin(SHORTEST_ALLOWANCE, Allowances.PAUSE)
                : Ending.NONE;
        Ending ending;
        try {
            ending = kind.begin().begin(world, own);
            begun.incrementAndGet();
        } catch (Exception e) {
            world.journal().say("not begun  %s: %s".formatted(kind.name(), e));
            hindered.end();
            return;
        }
        Pause.of(length);
        end(kind, ending, 1);
        hindered.end();
        world.journal().say("end    " + kind.name());
    }

    private void end(FaultKind kind, Ending ending, int attempt) {
        try {
            ending.end();
        } catch (RuntimeException e) {
            if (attempt == ATTEMPTS) {
                world.journal()
                        .violated("end " + kind.name(), "%s cannot be ended: %s".formatted(kind.name(), e), List.of());
                return;
            }
            world.journal().note("%s is not ended yet: %s".formatted(kind.name(), e));
            Pause.of(Duration.ofSeconds(1));
            end(kind, ending, attempt + 1);
        }
    }
}
