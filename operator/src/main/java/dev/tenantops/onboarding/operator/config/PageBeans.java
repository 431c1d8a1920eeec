package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.cluster.MountedPageKeys;
import dev.tenantops.onboarding.operator.cluster.PageKeySecret;
import dev.tenantops.onboarding.operator.cluster.PageWatch;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.leaderelection.Replica;
import dev.tenantops.onboarding.operator.page.AdministratorPages;
import dev.tenantops.onboarding.operator.page.ClientAddress;
import dev.tenantops.onboarding.operator.page.PageDesk;
import dev.tenantops.onboarding.operator.page.PageLimits;
import dev.tenantops.onboarding.operator.page.PageSource;
import dev.tenantops.onboarding.operator.page.PageStreams;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The links to the administrators' pages, where there are any. */
@Singleton
public class PageBeans {

    private final OnboardingConfig config;

    @Inject
    public PageBeans(OnboardingConfig config) {
        this.config = config;
    }

    /**
     * What makes the links that statuses have.
     *
     * @param keys closed with the operator
     */
    record StatusLinks(Optional<PageLinks> pages, Optional<PageKeySecret> keys) {}

    @Produces
    @Singleton
    StatusLinks statusLinks(KubernetesClient client, Replica replica, Clock clock) {
        if (!config.page().enabled()) {
            return new StatusLinks(Optional.empty(), Optional.empty());
        }
        var keys = new PageKeySecret(
                client, new ObjectKey(replica.namespace(), config.page().keySecret()), clock);
        var links = new PageLinks(publicUrl(config), keys::keys);
        keys.start();
        return new StatusLinks(Optional.of(links), Optional.of(keys));
    }

    void close(@Disposes StatusLinks links) {
        links.keys().ifPresent(PageKeySecret::close);
    }

    /**
     * The process of the pages.
     *
     * @param watch what it knows of the cluster
     */
    record PageProcess(PageWatch watch, Supplier<PageKeys> keys, AdministratorPages pages, PageStreams streams) {}

    @Produces
    @Singleton
    PageProcess pageProcess(KubernetesClient client, Clock clock) {
        var folder = config.page()
                .keyDirectory()
                .orElseThrow(() -> new IllegalArgumentException(
                        "onboarding.mode is Page: set onboarding.page.key-directory to where the Secret with the keys of"
                                + " the links is mounted."));
        var changes = new AtomicReference<Consumer<String>>(_ -> {});
        var watch = new PageWatch(client, clock, it -> changes.get().accept(it));
        var mounted = new MountedPageKeys(folder, clock);
        var pages = new AdministratorPages(publicUrl(config), mounted::keys, source(watch), clock);
        var streams = new PageStreams(
                pages,
                new PageStreams.Limits(
                        config.page().maxStreams(),
                        config.page().maxStreamsPerLink(),
                        config.page().maxStreamsPerAddress()));
        changes.set(streams::changed);
        return new PageProcess(watch, mounted::keys, pages, streams);
    }

    private static PageSource source(PageWatch watch) {
        return new PageSource() {
            @Override
            public boolean synced() {
                return watch.synced();
            }

            @Override
            public Optional<TenantOnboarding> onboarding(String uid) {
                return watch.onboarding(uid);
            }

            @Override
            public Optional<ApplicationCatalog> catalog(String name) {
                return watch.catalog(name);
            }

            @Override
            public Optional<Instant> silentSince() {
                return watch.silentSince();
            }
        };
    }

    @Produces
    @Singleton
    PageState pageState(Instance<PageProcess> process) {
        return new PageState() {
            @Override
            public boolean synced() {
                return process.get().watch().synced();
            }

            @Override
            public boolean hasKeys() {
                return !process.get().keys().get().isEmpty();
            }
        };
    }

    @Produces
    @Singleton
    PageDesk pageDesk(Instance<PageProcess> process) {
        return config.mode() == Mode.Page
                ? new PageDesk(Optional.of(new PageDesk.Open(
                        process.get().pages(),
                        process.get().streams(),
                        new PageLimits(
                                config.page().requestsPerLink(), config.page().requestsPerAddress()),
                        new ClientAddress(config.page().trustedProxies().orElse(List.of())))))
                : PageDesk.CLOSED;
    }

    static void begin(
            @Observes StartupEvent event,
            OnboardingConfig config,
            Instance<PageProcess> process,
            Instance<PageDesk> desk) {
        if (config.mode() == Mode.Page) {
            // A mistake in the configuration ends the start, and is not found by the first who opens a page.
            desk.get();
            process.get().watch().start();
            process.get().streams().start();
        }
    }

    static void end(@Observes ShutdownEvent event, OnboardingConfig config, Instance<PageProcess> process) {
        if (config.mode() == Mode.Page) {
            process.get().streams().close();
            process.get().watch().close();
        }
    }

    /** Where browsers reach the page. */
    static URI publicUrl(OnboardingConfig config) {
        return config.publicUrl()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The administrators' page is on, and nothing says where"
                                        + " browsers reach it. Set onboarding.public-url (publicUrl of the chart), or turn the page off."));
    }
}
