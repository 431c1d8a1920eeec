package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The Secret with the keys of the links to administrators' pages. It is created where it is missing, and followed from then
 * on. Whatever is wrong with it holds up nothing but these links, and is said once in the log.
 */
public final class PageKeySecret implements AutoCloseable {

    /** For so long a key that came later signs nothing, since the page has it from a mounted file, which comes later still. */
    static final Duration ARRIVAL = Duration.ofMinutes(3);

    private static final Logger LOG = Logger.getLogger(PageKeySecret.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final String FIRST = "key-1";

    private final KubernetesClient client;
    private final ObjectKey name;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final SharedIndexInformer<Secret> informer;
    private final ScheduledExecutorService creator = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("page-key").factory());
    private final Map<Integer, Key> known = new HashMap<>();
    private boolean first = true;
    private String said = "";

    /** @param since when it may sign */
    private record Key(byte[] secret, Instant since) {}

    /** @param name of the Secret */
    public PageKeySecret(KubernetesClient client, ObjectKey name, InstantSource clock) {
        this.client = client;
        this.name = name;
        this.clock = clock;
        this.informer = client.secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .runnableInformer(0)
                .exceptionHandler((_, failure) -> {
                    tell("cannot be watched: " + failure.getMessage() + ". Give the operator's ServiceAccount list and"
                            + " watch of Secrets in its namespace.");
                    return true;
                })
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Secret secret) {
                        seen(secret);
                    }

                    @Override
                    public void onUpdate(Secret previous, Secret secret) {
                        seen(secret);
                    }

                    @Override
                    public void onDelete(Secret secret, boolean unknown) {
                        gone();
                    }
                });
    }

    /** Begins to watch, and waits for nothing. */
    public void start() {
        creator.scheduleWithFixedDelay(this::ensure, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        informer.start().thenRun(() -> creator.execute(this::ensure));
    }

    @Override
    public void close() {
        creator.shutdownNow();
        informer.close();
    }

    /** The keys as they are known now; none where nothing could be read yet. */
    public synchronized PageKeys keys() {
        var now = clock.instant();
        return PageKeys.of(
                known.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().secret())),
                known.entrySet().stream()
                        .filter(it -> it.getValue().since().isAfter(now))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private synchronized void seen(Secret secret) {
        var now = clock.instant();
        var keys = read(secret);
        known.keySet().retainAll(keys.keySet());
        keys.forEach((number, bytes) -> known.merge(
                number,
                new Key(bytes, first ? now : now.plus(ARRIVAL)),
                (before, after) -> Arrays.equals(before.secret(), after.secret()) ? before : after));
        first = false;
        if (known.isEmpty()) {
            tell("holds no key, so no onboarding has a page. Add an entry " + FIRST + " of at least "
                    + PageKeys.LEAST_BYTES + " random bytes, or delete the Secret and the operator makes it anew.");
        }
    }

    private synchronized void gone() {
        known.clear();
        tell("was deleted: every link that was given out is revoked.");
    }

    private Map<Integer, byte[]> read(Secret secret) {
        var keys = new HashMap<Integer, byte[]>();
        Optional.ofNullable(secret.getData()).orElse(Map.of()).forEach((entry, value) -> {
            var number = PageKeys.number(entry);
            var bytes = Base64.getDecoder().decode(value);
            if (number.isPresent() && bytes.length >= PageKeys.LEAST_BYTES) {
                keys.put(number.get(), bytes);
            } else {
                tell("has an entry " + entry + " of " + bytes.length + " bytes, which is left out. A key is an entry"
                        + " key-<number> of at least " + PageKeys.LEAST_BYTES + " bytes.");
            }
        });
        return keys;
    }

    private void ensure() {
        try {
            if (informer.hasSynced() && informer.getStore().list().isEmpty()) {
                create();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                tell("cannot be created: " + e.getMessage()
                        + ". Create it, or give the operator's ServiceAccount create"
                        + " of Secrets in its namespace.");
            }
        }
    }

    private void create() {
        var key = new byte[PageKeys.LEAST_BYTES];
        random.nextBytes(key);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(name.namespace())
                        .withName(name.name())
                        .addToLabels("app.kubernetes.io/managed-by", "tenant-onboarding-operator")
                        .endMetadata()
                        .withType("Opaque")
                        .addToData(FIRST, Base64.getEncoder().encodeToString(key))
                        .build())
                .create();
        LOG.infof("The Secret %s with the key of the links to administrators' pages was created.", name);
    }

    private synchronized void tell(String what) {
        if (!said.equals(what)) {
            said = what;
            LOG.warnf("The Secret %s with the keys of the links to administrators' pages %s", name, what);
        }
    }
}
