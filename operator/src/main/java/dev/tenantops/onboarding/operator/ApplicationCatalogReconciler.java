package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.report.EventRecorder;
import dev.tenantops.onboarding.operator.report.Transition;
import dev.tenantops.onboarding.operator.status.CatalogStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows on each catalog what is wrong with it. It asks nobody but the operator's own caches, so it may look often; what
 * it shows follows the onboardings within that time.
 */
@ControllerConfiguration(
        name = ApplicationCatalogReconciler.NAME,
        informer = @Informer(itemStore = ManagedFieldsDroppingStore.class))
public class ApplicationCatalogReconciler implements Reconciler<ApplicationCatalog> {

    public static final String NAME = "application-catalog";

    private static final Duration UNKNOWN_YET = Duration.ofSeconds(1);

    private final ClusterCache cluster;
    private final Clouds clouds;
    private final VerifierSecrets secrets;
    private final EventRecorder events;
    private final Duration interval;
    private final Clock clock;

    public ApplicationCatalogReconciler(
            ClusterCache cluster,
            Clouds clouds,
            VerifierSecrets secrets,
            EventRecorder events,
            VerificationTiming timing,
            Clock clock) {
        this.cluster = cluster;
        this.clouds = clouds;
        this.secrets = secrets;
        this.events = events;
        this.interval = timing.catalogInterval();
        this.clock = clock;
    }

    @Override
    public UpdateControl<ApplicationCatalog> reconcile(
            ApplicationCatalog catalog, Context<ApplicationCatalog> context) {
        if (!cluster.synced()) {
            return UpdateControl.<ApplicationCatalog>noUpdate().rescheduleAfter(UNKNOWN_YET);
        }
        var previous = Optional.ofNullable(catalog.getStatus()).orElseGet(ApplicationCatalogStatus::initial);
        var status = CatalogStatusBuilder.build(input(catalog, previous));
        if (status.equals(previous)) {
            return UpdateControl.<ApplicationCatalog>noUpdate().rescheduleAfter(interval);
        }
        events.record(catalog, Transition.between(previous.conditions(), status.conditions()), clock.instant());
        var patch = new ApplicationCatalog();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(catalog.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch).rescheduleAfter(interval);
    }

    private CatalogStatusBuilder.Input input(ApplicationCatalog catalog, ApplicationCatalogStatus previous) {
        var name = catalog.getMetadata().getName();
        var verifier = catalog.getSpec().verifier();
        return new CatalogStatusBuilder.Input(
                name,
                catalog.getMetadata().getGeneration(),
                previous,
                clouds.endpoints(catalog.getSpec().cloud()).isPresent(),
                withReadableToken(secrets.verifier(verifier)),
                cluster.credentialExpiry(catalog),
                cluster.onboardingsOf(name).stream()
                        .map(OnboardingCheck::status)
                        .toList(),
                clock.instant());
    }

    /** A token file that is not there shows here at once, and not only when the first tenant is checked. */
    static Reading<Verifier> withReadableToken(Reading<Verifier> verifier) {
        return switch (verifier) {
            case Reading.Complete<Verifier>(
                    Verifier(String clientId, Credential.FederatedToken(Optional<String> file))) ->
                Reading.of(new Verifier(
                        clientId,
                        new Credential.FederatedToken(file.filter(ApplicationCatalogReconciler::isReadableFile))));
            case Reading.Complete<Verifier> _, Reading.Failed<Verifier> _ -> verifier;
        };
    }

    private static boolean isReadableFile(String name) {
        var path = Path.of(name);
        return Files.isRegularFile(path) && Files.isReadable(path);
    }
}
