package dev.tenantops.onboarding.sandbox.chaos.check;

import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.chaos.journal.Impediments;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replicas;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Notes the time in which no replica leads: none holds the lease, or the one that does is away or does not renew it. */
public final class LeaderMonitor {

    private final Replicas replicas;
    private final Impediments impediments;
    private String version = "";
    private long changed;
    private String holder = "";
    private int changes;
    private Ending leaderless;

    LeaderMonitor(Replicas replicas, Impediments impediments) {
        this.replicas = replicas;
        this.impediments = impediments;
    }

    /** Looks once. */
    void look() {
        boolean leads;
        try {
            leads = leads();
        } catch (KubernetesClientException e) {
            return;
        }
        if (leads && leaderless != null) {
            leaderless.end();
            leaderless = null;
        } else if (!leads && leaderless == null) {
            leaderless = impediments.begin(Allowances.TAKE_OVER, Allowances.TAKE_OVER);
        }
    }

    public boolean leading() {
        return leaderless == null;
    }

    /** How often another replica came to lead. */
    public int changes() {
        return changes;
    }

    private boolean leads() {
        Optional<Lease> lease = replicas.lease().lease();
        String seen = lease.map(it -> it.getMetadata().getResourceVersion()).orElse("");
        long now = System.nanoTime();
        if (!seen.equals(version)) {
            version = seen;
            changed = now;
        }
        Optional<Replica> leader = lease.map(it -> it.getSpec().getHolderIdentity())
                .flatMap(name -> replicas.all().stream()
                        .filter(it -> it.pod().equals(name))
                        .findFirst());
        boolean leads = leader.filter(it -> it.running() && !it.frozen())
                .filter(it -> changed > it.startedAt())
                .filter(_ -> now - changed < Allowances.LEASE.toNanos())
                .isPresent();
        if (leads && !leader.get().pod().equals(holder)) {
            if (!holder.isEmpty()) {
                // What the last one had begun, the new one begins anew.
                impediments.add(now, now, Allowances.TAKE_OVER);
                changes++;
            }
            holder = leader.get().pod();
        }
        return leads;
    }
}
