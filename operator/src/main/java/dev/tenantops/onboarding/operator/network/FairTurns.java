package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * How many probes are under way at once, and whose is next: namespace after namespace, and in each onboarding after
 * onboarding. An onboarding takes another turn only while more are free than it has, so that a customer whose endpoints are
 * all silent leaves half of them to the others, and the next such customer half of the rest. A quarter is for namespaces
 * that have none.
 */
final class FairTurns {

    private final int reserved;
    private int free;
    private final Map<String, Integer> namespaces = new HashMap<>();
    private final Map<ProbeCaller, Integer> callers = new HashMap<>();
    private final LinkedHashMap<String, LinkedHashMap<ProbeCaller, Queue<CompletableFuture<Turn>>>> waiting =
            new LinkedHashMap<>();

    /** @param all how many turns there are */
    FairTurns(int all) {
        if (all < 1) {
            throw new IllegalArgumentException("At least one probe has to be allowed at a time");
        }
        free = all;
        reserved = all / 4;
    }

    /** Lasts until it is closed, once. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits until it is this caller's turn. */
    Turn take(ProbeCaller caller) throws InterruptedException {
        var turn = new CompletableFuture<Turn>();
        synchronized (this) {
            waiting.computeIfAbsent(caller.namespace(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(caller, _ -> new ArrayDeque<>())
                    .add(turn);
            give();
        }
        try {
            return turn.get();
        } catch (InterruptedException e) {
            giveUp(caller, turn);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A turn comes or is waited for", e);
        }
    }

    private synchronized void giveUp(ProbeCaller caller, CompletableFuture<Turn> turn) {
        if (turn.isDone()) {
            turn.join().close();
        } else {
            remove(caller, turn);
        }
    }

    private synchronized void end(ProbeCaller caller) {
        free++;
        count(namespaces, caller.namespace(), -1);
        count(callers, caller, -1);
        give();
    }

    private void give() {
        for (var next = next(); next.isPresent(); next = next()) {
            var caller = next.get();
            var turn = waiting.get(caller.namespace()).get(caller).element();
            remove(caller, turn);
            toTheEnd(caller);
            free--;
            count(namespaces, caller.namespace(), 1);
            count(callers, caller, 1);
            turn.complete(() -> end(caller));
        }
    }

    private Optional<ProbeCaller> next() {
        return free == 0
                ? Optional.empty()
                : waiting.values().stream()
                        .flatMap(it -> it.keySet().stream())
                        .filter(this::mayHaveAnother)
                        .findFirst();
    }

    private boolean mayHaveAnother(ProbeCaller caller) {
        return free > callers.getOrDefault(caller, 0)
                && (free > reserved || !namespaces.containsKey(caller.namespace()));
    }

    private void remove(ProbeCaller caller, CompletableFuture<Turn> turn) {
        var ofNamespace = waiting.get(caller.namespace());
        var ofCaller = ofNamespace.get(caller);
        ofCaller.remove(turn);
        if (ofCaller.isEmpty()) {
            ofNamespace.remove(caller);
        }
        if (ofNamespace.isEmpty()) {
            waiting.remove(caller.namespace());
        }
    }

    /** Whoever had a turn is the last to have another. */
    private void toTheEnd(ProbeCaller caller) {
        var ofNamespace = waiting.remove(caller.namespace());
        if (ofNamespace != null) {
            var ofCaller = ofNamespace.remove(caller);
            if (ofCaller != null) {
                ofNamespace.put(caller, ofCaller);
            }
            waiting.put(caller.namespace(), ofNamespace);
        }
    }

    private static <K> void count(Map<K, Integer> held, K holder, int more) {
        held.merge(holder, more, (before, it) -> before + it == 0 ? null : before + it);
    }
}
