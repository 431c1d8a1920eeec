package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.LocalSecretReference;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.observe.CredentialExpiry;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the operator watches in the cluster, and which onboardings a change there concerns. */
public final class ClusterCache {

    private static final String BY_CATALOG = "catalog";
    private static final String BY_UID = "uid";

    /** What an onboarding needs is looked up by name. Without this the SDK would keep three sets for each onboarding. */
    private static final PrimaryToSecondaryMapper<TenantOnboarding> UNUSED = _ -> Set.of();

    private final String operatorNamespace;
    private final Consumer<ObjectKey> catalogChanged;
    private final VerifierSecretStore secretStore = new VerifierSecretStore(InstantSource.system());
    private final TenantClaims claims;
    private volatile IndexerResourceCache<TenantOnboarding> onboardings;
    private volatile InformerEventSource<ApplicationCatalog, TenantOnboarding> catalogs;
    private volatile InformerEventSource<Secret, TenantOnboarding> secrets;
    private volatile InformerEventSource<Namespace, TenantOnboarding> namespaces;

    /**
     * @param operatorNamespace where verifier Secrets live
     * @param catalogChanged is told of each catalog that came, changed or went
     * @param claimMoved is told of each onboarding that got or lost a claim
     */
    public ClusterCache(
            String operatorNamespace,
            Consumer<ObjectKey> catalogChanged,
            Clouds clouds,
            Consumer<ObjectKey> claimMoved) {
        this.operatorNamespace = operatorNamespace;
        this.catalogChanged = catalogChanged;
        this.claims = new TenantClaims(
                clouds, it -> catalog(it).map(ApplicationCatalog::getSpec), this::namespaceLabels, claimMoved);
    }

    public List<EventSource<?, TenantOnboarding>> eventSources(EventSourceContext<TenantOnboarding> context) {
        onboardings = context.getPrimaryCache();
        onboardings.addIndexers(Map.of(
                BY_CATALOG,
                it -> it.getSpec().licenses().stream().map(License::catalog).toList(),
                BY_UID,
                it -> List.of(it.getMetadata().getUid())));
        catalogs = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ApplicationCatalog.class, TenantOnboarding.class)
                        .withName("catalogs")
                        .withPrimaryToSecondaryMapper(UNUSED)
                        .withItemStore(new ManagedFieldsDroppingStore<ApplicationCatalog>())
                        .withSecondaryToPrimaryMapper(it -> {
                            catalogChanged.accept(ObjectKey.of(it));
                            claims.catalogChanged(it.getMetadata().getName());
                            return ids(onboardingsOf(it.getMetadata().getName()));
                        })
                        .withOnUpdateFilter(
                                (current, previous) -> !version(current).equals(version(previous)))
                        .build(),
                context);
        secrets = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Secret.class, TenantOnboarding.class)
                        .withName("verifier-secrets")
                        .withPrimaryToSecondaryMapper(UNUSED)
                        .withNamespaces(operatorNamespace)
                        .withLabelSelector(ApiGroup.VERIFIER_LABEL + "=true")
                        .withItemStore(secretStore)
                        .withSecondaryToPrimaryMapper(
                                it -> catalogsWithSecret(it.getMetadata().getName())
                                        .flatMap(name -> onboardingsOf(name).stream())
                                        .map(ResourceID::fromResource)
                                        .collect(Collectors.toSet()))
                        .build(),
                context);
        namespaces = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(Namespace.class, TenantOnboarding.class)
                        .withName("namespaces")
                        .withPrimaryToSecondaryMapper(UNUSED)
                        .withItemStore(new ManagedFieldsDroppingStore<Namespace>())
                        .withSecondaryToPrimaryMapper(it -> {
                            claims.namespaceChanged(it.getMetadata().getName());
                            return ids(onboardings.byIndex(
                                    Cache.NAMESPACE_INDEX, it.getMetadata().getName()));
                        })
                        .withOnUpdateFilter((current, previous) -> !Objects.equals(
                                current.getMetadata().getLabels(),
                                previous.getMetadata().getLabels()))
                        .build(),
                context);
        return List.of(catalogs, secrets, namespaces);
    }

    /** Whether the caches have been filled; before, what they lack means nothing. */
    public boolean synced() {
        return namespaces != null && namespaces.isRunning() && secrets.isRunning();
    }

    /** An onboarding by namespace and name. */
    public Optional<TenantOnboarding> onboarding(ObjectKey key) {
        return onboardings == null ? Optional.empty() : onboardings.get(new ResourceID(key.name(), key.namespace()));
    }

    /** A catalog by name. */
    public Optional<ApplicationCatalog> catalog(String name) {
        return catalogs == null ? Optional.empty() : catalogs.get(new ResourceID(name));
    }

    /** All catalogs. */
    public Stream<ApplicationCatalog> catalogs() {
        return catalogs == null ? Stream.empty() : catalogs.list();
    }

    /** When the credential of a catalog's verifier ends, where its Secret tells. */
    public Optional<Instant> credentialExpiry(ApplicationCatalog catalog) {
        return Optional.ofNullable(catalog.getSpec().verifier().credentialsRef())
                .map(LocalSecretReference::name)
                .flatMap(this::verifierSecret)
                .flatMap(CredentialExpiry::of);
    }

    /** A labelled Secret of the operator's namespace by name. */
    public Optional<Secret> verifierSecret(String name) {
        return secrets.get(new ResourceID(name, operatorNamespace));
    }

    /** Since when a labelled Secret of the operator's namespace holds its credential. */
    public Optional<Instant> credentialChanged(Secret secret) {
        return secretStore.changed(secret);
    }

    /** The labels of a namespace; empty for one that is not known yet, which is not one that has none. */
    public Optional<Map<String, String>> namespaceLabels(String name) {
        return namespaces == null
                ? Optional.empty()
                : namespaces
                        .get(new ResourceID(name))
                        .map(it -> Objects.requireNonNullElse(it.getMetadata().getLabels(), Map.of()));
    }

    /** Whose tenants are, by the onboardings that it is told of. */
    TenantClaims claims() {
        return claims;
    }

    /** All onboardings. */
    public Stream<TenantOnboarding> onboardings() {
        return onboardings == null ? Stream.empty() : onboardings.list();
    }

    /** The onboardings that name a catalog. */
    public List<TenantOnboarding> onboardingsOf(String catalog) {
        return onboardings == null ? List.of() : onboardings.byIndex(BY_CATALOG, catalog);
    }

    /** An onboarding by its uid. */
    public Optional<TenantOnboarding> onboarding(String uid) {
        return onboardings == null
                ? Optional.empty()
                : onboardings.byIndex(BY_UID, uid).stream().findFirst();
    }

    /** One that was deleted and applied again while nobody watched has the same name, and may have the same generation. */
    private static List<Object> version(ApplicationCatalog catalog) {
        return Arrays.asList(
                catalog.getMetadata().getUid(), catalog.getMetadata().getGeneration());
    }

    private Stream<String> catalogsWithSecret(String secret) {
        return catalogs.list()
                .filter(it -> Optional.ofNullable(it.getSpec().verifier().credentialsRef())
                        .map(LocalSecretReference::name)
                        .filter(secret::equals)
                        .isPresent())
                .map(it -> it.getMetadata().getName());
    }

    private static <T extends HasMetadata> Set<ResourceID> ids(List<T> resources) {
        return resources.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }
}
