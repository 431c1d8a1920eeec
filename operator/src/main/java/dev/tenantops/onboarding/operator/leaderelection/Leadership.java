package dev.tenantops.onboarding.operator.leaderelection;

import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Whether this replica is the one that verifies, by a Lease. A leadership that is lost ends the process. One that is laid
 * down, because the replica is told to stop, is released once no check is at work any more, so that the next leader need
 * not wait for the lease to run out.
 */
public final class Leadership {

    /** The exit code of a replica that has lost the lease. */
    static final int LOST = 1;

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    /** Of the time that a pod has to end, most is for checks that are under way. */
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(5);

    private final OnboardingConfig.LeaderElection config;
    private final Replica replica;
    private final KubernetesClient client;
    private final IntConsumer exit;
    private final SteadyLease lease;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean stopping;

    /**
     * @param notice annotations of the Lease while this replica has it
     * @param exit ends the process with an exit code
     */
    public Leadership(
            OnboardingConfig.LeaderElection config,
            Replica replica,
            KubernetesClient client,
            Supplier<Map<String, String>> notice,
            IntConsumer exit) {
        this.config = config;
        this.replica = replica;
        this.client = client;
        this.exit = exit;
        this.lease = new SteadyLease(new ShardLease(replica, config.leaseName(), notice), System::nanoTime);
    }

    /** Has this replica lead, at once or when the lease comes to it. Returns at once. */
    public void campaign(Runnable lead) {
        if (!config.enabled()) {
            lead.run();
            return;
        }
        new LeaderElector(
                        client,
                        new LeaderElectionConfig(
                                lease,
                                config.leaseDuration(),
                                config.renewDeadline(),
                                config.retryPeriod(),
                                new LeaderCallbacks(lead, this::ended, _ -> {}),
                                false,
                                config.leaseName()),
                        threads)
                .start();
    }

    /**
     * Whether this replica holds the lease for sure: no other can have taken it yet, whatever this one's clock says and
     * however long it was asleep.
     */
    public boolean holds() {
        return !config.enabled() || lease.renewedWithin(config.leaseDuration());
    }

    /**
     * How long checks that are under way may take to end, when the replica does. The lease is renewed no more then, and must
     * not run out before.
     *
     * @param longest how long they would need at most
     */
    public Duration patience(Duration longest) {
        var limit = config.renewDeadline();
        return config.enabled() && limit.compareTo(longest) < 0 ? limit : longest;
    }

    /** The replica is told to stop. */
    public void stopping() {
        stopping = true;
    }

    /** Gives the lease back, if it is held and nothing is at work any more. */
    public void release() {
        if (!config.enabled()) {
            return;
        }
        try {
            // The client tries long where no API server answers.
            if (CompletableFuture.supplyAsync(this::handBack, Thread::startVirtualThread)
                    .get(RELEASE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.infof("The Lease %s is released.", named());
            }
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("The Lease %s could not be released, so it runs out: %s", named(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean handBack() {
        threads.shutdownNow();
        var lock = new LeaseLock(replica.namespace(), config.leaseName(), replica.name());
        var held = lock.get(client);
        if (held == null || !replica.name().equals(held.getHolderIdentity())) {
            return false;
        }
        var now = ZonedDateTime.now(ZoneOffset.UTC);
        // An empty holder: one that is null would be left out of the patch, and stay.
        lock.update(client, new LeaderElectionRecord("", Duration.ofSeconds(1), now, now, held.getLeaderTransitions()));
        return true;
    }

    /** The lease is another's, or could not be renewed in time. */
    void ended() {
        if (stopping) {
            return;
        }
        LOG.fatalf(
                "%s has lost the Lease %s: it was not renewed within %s, or another replica has taken it. The process"
                        + " ends with exit code %d, so that nothing is checked twice; its pod starts anew.",
                replica.name(), named(), config.renewDeadline(), LOST);
        exit.accept(LOST);
    }

    private String named() {
        return replica.namespace() + "/" + config.leaseName();
    }
}
