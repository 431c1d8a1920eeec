package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.delivery.CheckLoop;
import dev.tenantops.onboarding.operator.delivery.DeliveryListener;
import dev.tenantops.onboarding.operator.delivery.EventWriter;
import dev.tenantops.onboarding.operator.delivery.Keeper;
import dev.tenantops.onboarding.operator.delivery.Keeper.Round;
import dev.tenantops.onboarding.operator.delivery.StatusWriter;
import dev.tenantops.onboarding.operator.delivery.Writers;
import java.time.Duration;
import java.util.List;

/** All that works on the replica that leads: checks, writers, and the keeper that ends what they do not renew. */
public final class Delivery {

    private static final Duration EXPIRY_ROUND = Duration.ofSeconds(1);
    private static final Duration STOCK_ROUND = Duration.ofSeconds(5);
    private static final Duration SHARD_ROUND = Duration.ofSeconds(10);

    private static final Duration LAST_EVENTS = Duration.ofSeconds(3);

    /** So long nothing on this machine takes that should take no time. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    private final CheckLoop onboardingLoop;
    private final CheckLoop catalogLoop;
    private final StatusWriter<TenantOnboarding, ?, TenantOnboardingStatus> onboardingWriter;
    private final StatusWriter<ApplicationCatalog, ?, ApplicationCatalogStatus> catalogWriter;
    private final EventWriter events;
    private final Keeper keeper;
    private volatile boolean started;

    /** @param longest after which time a check is taken for hung */
    public Delivery(
            OnboardingChecks onboardings,
            CatalogChecks catalogs,
            StatusWriter<TenantOnboarding, ?, TenantOnboardingStatus> onboardingWriter,
            StatusWriter<ApplicationCatalog, ?, ApplicationCatalogStatus> catalogWriter,
            EventWriter events,
            ShardReport report,
            ShardWatch shards,
            Duration longest,
            DeliveryListener listener) {
        this.onboardingWriter = onboardingWriter;
        this.catalogWriter = catalogWriter;
        this.events = events;
        this.onboardingLoop = new CheckLoop(
                TenantOnboarding.class,
                onboardings.schedule(),
                onboardings,
                longest,
                onboardingWriter::awaitRoom,
                listener);
        this.catalogLoop = new CheckLoop(
                ApplicationCatalog.class, catalogs.schedule(), catalogs, longest, CheckLoop.Room.ENOUGH, listener);
        this.keeper = new Keeper(List.of(
                new Round(EXPIRY_ROUND, onboardings::withdraw),
                new Round(STOCK_ROUND, onboardings::takeStock),
                new Round(STOCK_ROUND, catalogs::takeStock),
                new Round(STOCK_ROUND, onboardingLoop::interruptHung),
                new Round(STOCK_ROUND, catalogLoop::interruptHung),
                new Round(SHARD_ROUND, report::count),
                new Round(SHARD_ROUND, shards::tell)));
    }

    /** Begins to work: this replica leads. What has ended meanwhile is withdrawn before anything else. */
    public void start() {
        onboardingWriter.start(Writers.ONBOARDINGS_AT_ONCE);
        catalogWriter.start(Writers.CATALOGS_AT_ONCE);
        onboardingLoop.start();
        catalogLoop.start();
        keeper.start();
        started = true;
    }

    /** No check begins any more. */
    public void stop() {
        onboardingLoop.stop();
        catalogLoop.stop();
    }

    /**
     * Waits for what is under way to end, and has written what came of it.
     *
     * @return false if something is still under way after this time
     */
    public boolean ended(Duration limit) throws InterruptedException {
        if (!started) {
            return true;
        }
        var ended = onboardingLoop.ended(limit) && catalogLoop.ended(limit);
        keeper.close();
        onboardingWriter.stop(limit);
        catalogWriter.stop(limit);
        events.drain(LAST_EVENTS);
        events.close();
        return ended;
    }

    /**
     * Whether schedule, keeper and watches go on, if this replica leads. That checks are late, or that the API server does
     * not answer, is another matter.
     */
    public boolean isAlive() {
        return !started
                || (onboardingLoop.isAlive()
                        && catalogLoop.isAlive()
                        && keeper.lastTick().compareTo(STUCK) < 0
                        && onboardingWriter.unseen().compareTo(STUCK) < 0
                        && catalogWriter.unseen().compareTo(STUCK) < 0);
    }
}
