package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What the process of the pages watches in the cluster: onboardings and catalogs, and whether the API server answers at all.
 * Where it does not, what was seen last is kept and shown, for as long as it takes.
 */
public final class PageWatch implements AutoCloseable {

    /** After so long without an answer the API server is called silent. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(PageWatch.class);
    private static final Duration PULSE = Duration.ofSeconds(5);
    private static final long LIST_LIMIT = 500;
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final String BY_UID = "uid";
    private static final String BY_CATALOG = "catalog";

    private final KubernetesClient client;
    private final InstantSource clock;
    private final SharedIndexInformer<TenantOnboarding> onboardings;
    private final SharedIndexInformer<ApplicationCatalog> catalogs;
    private final ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("api-server-pulse").factory());
    private volatile Instant heard;
    private volatile boolean silenceTold;

    /** @param changed is told the uid of each onboarding that another page is due for, on the informers' threads */
    public PageWatch(KubernetesClient client, InstantSource clock, Consumer<String> changed) {
        this.client = client;
        this.clock = clock;
        this.heard = clock.instant();
        this.onboardings = informer(
                        TenantOnboarding.class,
                        new OnboardingStore(),
                        it -> changed.accept(it.getMetadata().getUid()))
                .addIndexers(Map.of(
                        BY_UID,
                        it -> List.of(it.getMetadata().getUid()),
                        BY_CATALOG,
                        it -> it.getSpec().licenses().stream()
                                .map(License::catalog)
                                .distinct()
                                .toList()));
        this.catalogs = informer(
                ApplicationCatalog.class,
                new ManagedFieldsDroppingStore<>(),
                it -> onboardingsOf(it).forEach(uid -> changed.accept(uid)));
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(
            Class<T> type, BasicItemStore<T> store, Consumer<T> changed) {
        var all = client.resources(type);
        var informer = type == TenantOnboarding.class
                ? all.inAnyNamespace().withLimit(LIST_LIMIT).runnableInformer(0)
                : all.withLimit(LIST_LIMIT).runnableInformer(0);
        return informer.itemStore(store)
                .exceptionHandler((_, failure) -> {
                    LOG.warnf(
                            "%s cannot be watched, and is tried again: %s", type.getSimpleName(), failure.getMessage());
                    return true;
                })
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(T resource) {
                        changed.accept(resource);
                    }

                    @Override
                    public void onUpdate(T previous, T resource) {
                        changed.accept(resource);
                    }

                    @Override
                    public void onDelete(T resource, boolean unknown) {
                        changed.accept(resource);
                    }
                });
    }

    /** Begins to watch, and waits for nothing. */
    public void start() {
        catalogs.start();
        onboardings.start();
        pulse.scheduleWithFixedDelay(this::listen, 0, PULSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pulse.shutdownNow();
        onboardings.close();
        catalogs.close();
    }

    /** Whether everything that is there has been seen; before, what is missing means nothing. */
    public boolean synced() {
        return onboardings.hasSynced() && catalogs.hasSynced();
    }

    /** An onboarding by its uid. */
    public Optional<TenantOnboarding> onboarding(String uid) {
        return onboardings.getIndexer().byIndex(BY_UID, uid).stream().findFirst();
    }

    /** All onboardings. */
    public Stream<TenantOnboarding> onboardings() {
        return onboardings.getStore().list().stream();
    }

    /** A catalog by its name. */
    public Optional<ApplicationCatalog> catalog(String name) {
        return Optional.ofNullable(catalogs.getStore().getByKey(name));
    }

    /** When the API server was last heard of, where it is silent now: what is known may be as old as that. */
    public Optional<Instant> silentSince() {
        var last = heard;
        return Duration.between(last, clock.instant()).compareTo(PATIENCE) > 0 ? Optional.of(last) : Optional.empty();
    }

    private List<String> onboardingsOf(ApplicationCatalog catalog) {
        return onboardings
                .getIndexer()
                .byIndex(BY_CATALOG, catalog.getMetadata().getName())
                .stream()
                .map(it -> it.getMetadata().getUid())
                .toList();
    }

    /** A watch that nothing comes of looks like one that has died, so there is a request whose answer is known to come. */
    private void listen() {
        try {
            try {
                client.getKubernetesVersion();
            } catch (KubernetesClientException e) {
                // Whoever refuses is there.
                if (e.getCode() < BAD_REQUEST || e.getCode() >= INTERNAL_SERVER_ERROR) {
                    throw e;
                }
            }
            if (onboardings.isWatching() && catalogs.isWatching()) {
                heard = clock.instant();
                silenceTold = false;
            }
        } catch (RuntimeException e) {
            if (!silenceTold) {
                silenceTold = true;
                LOG.warnf("The API server does not answer; pages show what was seen last: %s", e.getMessage());
            }
        }
    }
}
