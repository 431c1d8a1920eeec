package dev.tenantops.onboarding.operator.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardCoverage;
import dev.tenantops.onboarding.operator.sharding.ShardCoverage.Cover;
import dev.tenantops.onboarding.operator.sharding.ShardNotice;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What the shard that has the catalogs watches of all shards: the Leases of their leaders, which say which onboardings are
 * theirs and what these make of the catalogs, and the metadata of all onboardings. A release that is no shard watches
 * neither: all onboardings are its own.
 */
public final class ShardWatch {

    private static final Logger LOG = Logger.getLogger(ShardWatch.class);

    private static final String BY_UID = "uid";
    private static final long PAGE = 500L;
    private static final Duration JUST = Duration.ofSeconds(10);

    private final Shard shard;
    private final ObjectKey lease;
    private final KubernetesClient client;
    private final Supplier<KubernetesClient> metadata;
    private final LeaseStore leaseStore = new LeaseStore(System::nanoTime);
    private volatile InformerEventSource<Lease, TenantOnboarding> leases;
    private volatile InformerEventSource<GenericKubernetesResource, TenantOnboarding> onboardings;
    private final Cache<String, TenantOnboarding> just =
            Caffeine.newBuilder().expireAfterWrite(JUST).maximumSize(1000).build();

    private volatile ShardCoverage told = new ShardCoverage(Map.of(), Map.of());

    /**
     * @param lease of this shard
     * @param metadata gives a client that asks for no more than metadata, where that is needed
     */
    public ShardWatch(Shard shard, ObjectKey lease, KubernetesClient client, Supplier<KubernetesClient> metadata) {
        this.shard = shard;
        this.lease = lease;
        this.client = client;
        this.metadata = metadata;
    }

    public List<EventSource<?, TenantOnboarding>> eventSources(EventSourceContext<TenantOnboarding> context) {
        if (!watches()) {
            return List.of();
        }
        leases = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Lease.class, TenantOnboarding.class)
                        .withName("shards")
                        .withWatchAllNamespaces()
                        .withLabelSelector(ApiGroup.SHARD_LABEL + "=true")
                        .withItemStore(leaseStore)
                        .withSecondaryToPrimaryMapper(_ -> Set.of())
                        .build(),
                context);
        var kind = new GroupVersionKind(ApiGroup.NAME, ApiGroup.VERSION, HasMetadata.getKind(TenantOnboarding.class));
        onboardings = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(kind, TenantOnboarding.class)
                        .withName("onboardings-of-all-shards")
                        .withWatchAllNamespaces()
                        .withKubernetesClient(metadata.get())
                        .withInformerListLimit(PAGE)
                        .withItemStore(new MetadataStore())
                        .withSecondaryToPrimaryMapper(_ -> Set.of())
                        .build(),
                context);
        onboardings.addIndexers(Map.of(BY_UID, it -> List.of(it.getMetadata().getUid())));
        return List.of(leases, onboardings);
    }

    /** How the shards divide the onboardings between them; empty if that is not this release's to say. */
    public Optional<ShardCoverage> coverage() {
        if (!shard.catalogs()) {
            return Optional.empty();
        }
        if (!isRunning()) {
            return watches() ? Optional.empty() : Optional.of(new ShardCoverage(Map.of(), Map.of()));
        }
        var shards = leases.list()
                .map(it -> new ShardCoverage.Seen(ShardNotice.of(it), leaseStore.isRenewed(it)))
                .toList();
        return Optional.of(ShardCoverage.of(shards, onboardings.list()));
    }

    /** What the onboardings of the other shards make of a catalog; empty while that is not known. */
    public Optional<CatalogUse> useOfOthers(String catalog) {
        if (!watches()) {
            return Optional.of(CatalogUse.NONE);
        }
        return isRunning()
                ? Optional.of(leases.list()
                        .filter(it -> !ObjectKey.of(it).equals(lease))
                        .map(it -> ShardNotice.of(it).use().getOrDefault(catalog, CatalogUse.NONE))
                        .reduce(CatalogUse.NONE, CatalogUse::and))
                : Optional.empty();
    }

    /** Reads an onboarding of any shard. What does not exist costs no request, and a burst costs one. */
    public Optional<TenantOnboarding> onboarding(String uid) {
        return isRunning()
                ? onboardings.byIndex(BY_UID, uid).stream()
                        .findFirst()
                        .flatMap(it -> Optional.ofNullable(
                                just.get(uid, _ -> read(it.getMetadata()).orElse(null))))
                : Optional.empty();
    }

    /** Says which onboardings are verified by nobody, or twice, when that has changed. */
    public void tell() {
        var coverage = coverage().orElse(told);
        if (!coverage.found().equals(told.found())) {
            told = coverage;
            tell(
                    Cover.NoShard,
                    "No shard selects %d onboardings, such as %s, so nobody verifies them. Correct their labels or the"
                            + " selector of a shard.");
            tell(
                    Cover.ShardGone,
                    "Nobody verifies %d onboardings, such as %s: no replica of the shard that selects them renews its"
                            + " Lease. Start the shard, or give its part to another one and delete its Lease.");
            tell(
                    Cover.Several,
                    "Several shards select %d onboardings, such as %s, and each writes their statuses. Have selectors"
                            + " exclude each other.");
        }
    }

    /** A list of one, which takes no right that watching does not take. */
    private Optional<TenantOnboarding> read(ObjectMeta known) {
        return client
                .resources(TenantOnboarding.class)
                .inNamespace(known.getNamespace())
                .withField("metadata.name", known.getName())
                .list()
                .getItems()
                .stream()
                .filter(it -> known.getUid().equals(it.getMetadata().getUid()))
                .findFirst();
    }

    private void tell(Cover cover, String message) {
        if (told.count(cover) > 0) {
            LOG.warnf(
                    message,
                    (Object) told.count(cover),
                    String.join(", ", told.examples().get(cover)));
        }
    }

    private boolean watches() {
        return shard.catalogs() && shard.isPart();
    }

    private boolean isRunning() {
        return onboardings != null && onboardings.isRunning() && leases.isRunning();
    }
}
