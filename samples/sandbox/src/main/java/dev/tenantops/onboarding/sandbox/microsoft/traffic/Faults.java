package dev.tenantops.onboarding.sandbox.microsoft.traffic;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The faults that are in force. Thread-safe; the one set first wins. */
public final class Faults {

    private final List<ActiveFault> active = new CopyOnWriteArrayList<>();

    public String add(Fault fault) {
        check(fault);
        Fault named = fault.id() == null ? fault.named(UUID.randomUUID().toString()) : fault;
        withdraw(named.id());
        active.add(new ActiveFault(named));
        return named.id();
    }

    public boolean withdraw(String id) {
        return active.removeIf(entry -> entry.fault.id().equals(id));
    }

    public void heal() {
        active.clear();
    }

    public List<Fault> list() {
        return active.stream().map(ActiveFault::remaining).toList();
    }

    /** The effect on a request, which uses up one of the fault's times. */
    Optional<Effect> next(RequestKind kind, String tenantId, String path) {
        for (ActiveFault entry : active) {
            if (entry.hits(kind, tenantId, path) && entry.takeOne()) {
                if (entry.spent()) {
                    active.remove(entry);
                }
                return Optional.of(entry.fault.effect());
            }
        }
        return Optional.empty();
    }

    private static void check(Fault fault) {
        RequestKind kind = fault.kind();
        boolean graph = kind == RequestKind.GRAPH || kind == RequestKind.BATCH_ITEM;
        boolean fits = switch (fault.effect()) {
            case Effect.Aadsts _ -> kind == RequestKind.TOKEN || kind == RequestKind.CONSENT;
            case Effect.MissingItem _ -> kind == RequestKind.BATCH_ITEM;
            case Effect.ForeignNextLink _, Effect.EmptyPage _ -> graph;
            case Effect.ClaimsChallenge _ -> graph || kind == RequestKind.BATCH;
            default -> kind != RequestKind.CONTROL;
        };
        if (!fits) {
            throw new IllegalArgumentException(fault.effect() + " cannot happen to a " + kind + " request");
        }
    }

    private static final class ActiveFault {

        private final Fault fault;
        private final Pattern path;
        private final AtomicInteger left;

        ActiveFault(Fault fault) {
            this.fault = fault;
            this.path = fault.path() == null ? null : pattern(fault.path());
            this.left = new AtomicInteger(fault.times());
        }

        boolean hits(RequestKind kind, String tenantId, String requestPath) {
            return (kind == fault.kind() || fault.kind() == RequestKind.GRAPH && kind == RequestKind.BATCH_ITEM)
                    && (fault.tenantId() == null || fault.tenantId().equals(tenantId))
                    && (path == null || path.matcher(requestPath).lookingAt());
        }

        /** Exact also when several requests come at once. */
        boolean takeOne() {
            return fault.times() == 0 || left.getAndDecrement() > 0;
        }

        boolean spent() {
            return fault.times() != 0 && left.get() <= 0;
        }

        Fault remaining() {
            return fault.times() == 0 ? fault : fault.times(Math.max(left.get(), 0));
        }

        private static Pattern pattern(String glob) {
            StringBuilder expression = new StringBuilder();
            for (String part : glob.split("\\*", -1)) {
                expression.append(expression.isEmpty() ? "" : ".*").append(Pattern.quote(part));
            }
            return Pattern.compile(expression.toString());
        }
    }
}
