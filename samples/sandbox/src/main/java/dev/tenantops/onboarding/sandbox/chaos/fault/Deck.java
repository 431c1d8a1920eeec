package dev.tenantops.onboarding.sandbox.chaos.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Kinds of faults in an order of chance, each as often as every other. */
public final class Deck {

    private final List<FaultKind> kinds;
    private final Random random;
    private final List<FaultKind> left = new ArrayList<>();

    public Deck(List<FaultKind> kinds, Random random) {
        this.kinds = kinds;
        this.random = random;
    }

    public boolean isEmpty() {
        return kinds.isEmpty();
    }

    /** So many different kinds, or all if there are fewer. */
    public List<FaultKind> draw(int count) {
        List<FaultKind> drawn = new ArrayList<>();
        List<FaultKind> again = new ArrayList<>();
        while (drawn.size() < Math.min(count, kinds.size())) {
            if (left.isEmpty()) {
                left.addAll(kinds);
                Collections.shuffle(left, random);
            }
            FaultKind next = left.removeLast();
            if (drawn.contains(next)) {
                again.add(next);
            } else {
                drawn.add(next);
            }
        }
        left.addAll(again);
        return drawn;
    }
}
