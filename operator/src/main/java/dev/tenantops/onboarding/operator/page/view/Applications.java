package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.operator.page.view.PageView.Application;
import dev.tenantops.onboarding.operator.page.view.PageView.Consent;
import dev.tenantops.onboarding.operator.page.view.PageView.Prerequisite;
import dev.tenantops.onboarding.operator.page.view.PageView.TeamsApp;
import dev.tenantops.onboarding.operator.page.view.PageView.Verifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The applications of one catalog, as the page shows them.
 *
 * @param catalog absent where it is not there, so that only the status speaks
 */
record Applications(String name, Optional<ApplicationCatalog> catalog, Evidence evidence, Verifier verifier) {

    /** One that the licences bring. */
    Application licensed(String application, Optional<ApplicationStatus> known) {
        var declared = declared(application);
        var status = known.orElseGet(() -> nothingKnown(application));
        var state = evidence.believed(status.state());
        var treatment = Treatment.of(state);
        var clientId = Links.text(status.clientId()).or(() -> declared.flatMap(it -> Links.text(it.clientId())));
        var obstacles = obstacles(clientId, status, state);
        var permissions = new Permissions(status, state);
        return new Application(
                name + "/" + application,
                Links.anchor("application", name + "/" + application),
                Links.text(status.displayName())
                        .or(() -> declared.flatMap(it -> Links.text(it.displayName())))
                        .orElse(application),
                declared.flatMap(it -> Links.text(it.purpose())),
                clientId,
                state,
                treatment.mark(),
                actor(treatment, obstacles),
                declared.map(ApplicationCatalogSpec.Application::optional)
                        .orElse(Boolean.TRUE.equals(status.optional())),
                obstacles,
                consent(status, declared, treatment, obstacles),
                declared.map(permissions::of).orElseGet(permissions::listed),
                prerequisites(status, declared),
                declared.flatMap(it -> teamsApp(it, status)),
                fresh() ? status.surplus() : List.of(),
                fresh() ? status.permissions().surplus().count() : 0,
                state == ApplicationState.Granted ? Evidence.time(status.lastGrantedTime()) : Optional.empty(),
                Evidence.time(status.consentReturnedTime()),
                // Why nobody could read is told by names of the publisher's own, such as that of its Secret.
                state == ApplicationState.NotVerified ? Optional.empty() : Links.text(status.message()));
    }

    /** One that the licences brought once. */
    Application former(ApplicationStatus status) {
        var key = name + "/" + status.name();
        return new Application(
                key,
                Links.anchor("application", key),
                Links.text(status.displayName()).orElse(status.name()),
                Optional.empty(),
                Links.text(status.clientId()),
                ApplicationState.NoLongerLicensed,
                Mark.Neutral,
                Actor.Nobody,
                true,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                status.surplus(),
                status.permissions().surplus().count(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private boolean fresh() {
        return evidence.fresh();
    }

    private Optional<ApplicationCatalogSpec.Application> declared(String application) {
        return catalog.flatMap(it -> it.getSpec().applications().stream()
                .filter(one -> one.name().equals(application))
                .findFirst());
    }

    private ApplicationStatus nothingKnown(String application) {
        return new ApplicationStatus(
                new ApplicationStatus.Identity(name, application, null, null, null),
                ApplicationState.NotVerified,
                null,
                ApplicationStatus.Link.NONE,
                null,
                ApplicationStatus.Permissions.remembered(ApplicationStatus.Listed.NONE, List.of()),
                new ApplicationStatus.Times(null, null, null, null, null));
    }

    /**
     * The link, where it helps. What is not verified now may have been granted before, and then a consent says nothing new; a
     * state that was known before its evidence ended says whether one helped.
     */
    private static Optional<Consent> consent(
            ApplicationStatus status,
            Optional<ApplicationCatalogSpec.Application> declared,
            Treatment treatment,
            List<Obstacle> obstacles) {
        var published = declared.filter(
                        it -> it.action() != null && it.permissions().isEmpty())
                .isPresent();
        var settled = status.state() == ApplicationState.NotVerified
                ? status.lastGrantedTime() != null && status.firstMissingTime() == null
                : !Treatment.of(status.state()).consentHelps();
        if (published
                || settled
                || !treatment.consentHelps()
                || obstacles.stream().anyMatch(Obstacle::certain)) {
            return Optional.empty();
        }
        return Links.https(status.consentUrl())
                .map(it -> new Consent(it, Role.named(status.grantableBy()).orElse(List.of()), false));
    }

    /** No customer can consent to what its publisher has not opened. */
    private static Actor actor(Treatment treatment, List<Obstacle> obstacles) {
        return treatment.actor() == Actor.Customer && obstacles.stream().anyMatch(Obstacle::certain)
                ? Actor.Publisher
                : treatment.actor();
    }

    private List<Obstacle> obstacles(Optional<String> clientId, ApplicationStatus status, ApplicationState state) {
        if (!Treatment.of(state).consentHelps()) {
            return List.of();
        }
        var obstacles = new LinkedHashSet<Obstacle>();
        if (verifier.state().actor() == Actor.Customer && verifier.consent().isPresent()) {
            obstacles.add(Obstacle.VerifierFirst);
        }
        if (status.state() == ApplicationState.ResourceServicePrincipalMissing) {
            obstacles.add(Obstacle.ResourceMissing);
        }
        obstacles.addAll(new Preflight(catalog).of(clientId));
        return List.copyOf(obstacles);
    }

    /** An attestation counts until its own end, by the page's clock. */
    private List<Prerequisite> prerequisites(
            ApplicationStatus status, Optional<ApplicationCatalogSpec.Application> declared) {
        return declared.map(ApplicationCatalogSpec.Application::prerequisites).orElse(List.of()).stream()
                .map(it -> prerequisite(it, status))
                .toList();
    }

    private Prerequisite prerequisite(ApplicationCatalogSpec.Prerequisite declared, ApplicationStatus status) {
        var known = status.prerequisites().stream()
                .filter(it -> it.name().equals(declared.name()))
                .findFirst();
        var until = known.flatMap(it -> Evidence.time(it.until()));
        var unattested = declared.required()
                ? PrerequisiteStatus.State.AttestationRequired
                : PrerequisiteStatus.State.NotVerifiable;
        var state = known.map(PrerequisiteStatus::state)
                .filter(it -> it != PrerequisiteStatus.State.Attested
                        || until.filter(evidence.now()::isBefore).isPresent())
                .orElse(unattested);
        return new Prerequisite(
                declared.name(),
                declared.description(),
                state,
                state == PrerequisiteStatus.State.Attested ? until : Optional.empty(),
                Links.https(declared.url()));
    }

    private static Optional<TeamsApp> teamsApp(
            ApplicationCatalogSpec.Application application, ApplicationStatus status) {
        return Optional.ofNullable(application.action())
                .map(it -> new TeamsApp(
                        it.teamsAppId(),
                        application.permissions().isEmpty() ? Links.https(status.consentUrl()) : Optional.empty(),
                        application.permissions().isEmpty()
                                ? Role.named(status.grantableBy()).orElse(List.of(Role.TeamsAdministrator))
                                : List.of(Role.TeamsAdministrator)));
    }
}
