package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.consent.ConsentLink;
import dev.tenantops.onboarding.operator.consent.OnboardingLinks;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.DesiredPrerequisite;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.Change;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change of one catalog means for one onboarding. */
final class CatalogChange {

    private static final String AUTHORIZED = "Authorized";

    private final TenantOnboardingStatus status;
    private final Optional<Doubt> doubt;
    private final DesiredOnboarding before;
    private final DesiredOnboarding after;
    private final OnboardingLinks links;
    private final Predicate<String> showsLinks;
    private final boolean ready;
    private final Instant now;

    /**
     * @param doubt why nothing of the status is known
     * @param links those of what would be desired
     * @param showsLinks whether the links of a catalog can be told
     * @param ready whether the onboarding is ready now
     */
    CatalogChange(
            TenantOnboarding onboarding,
            Optional<Doubt> doubt,
            DesiredOnboarding before,
            DesiredOnboarding after,
            OnboardingLinks links,
            Predicate<String> showsLinks,
            boolean ready,
            Instant now) {
        this.status = onboarding.known();
        this.doubt = doubt;
        this.before = before;
        this.after = after;
        this.links = links;
        this.showsLinks = showsLinks;
        this.ready = ready;
        this.now = now;
    }

    Optional<PlannedVerifier> verifier(String catalog) {
        var link = links.verifiers().get(catalog);
        if (link == null) {
            return Optional.empty();
        }
        var current = status(catalog);
        var replaced = current.filter(it -> it.clientId() != null)
                .filter(it -> !it.clientId().equalsIgnoreCase(clientId(catalog)))
                .isPresent();
        var url = Optional.of(link.url().toString()).filter(_ -> showsLinks.test(catalog));
        var changes = current.map(VerifierStatus::consentUrl)
                .filter(old -> url.map(it -> !it.equals(old)).orElseGet(() -> leadsElsewhere(catalog)))
                .isPresent();
        return replaced || changes
                ? Optional.of(new PlannedVerifier(catalog, replaced, changes, url, link.grantableBy()))
                : Optional.empty();
    }

    List<PlannedApplication> applications(String name) {
        var now = find(before, name);
        var then = find(after, name);
        if (then.isEmpty()) {
            // Of a licence that nobody can resolve the operator keeps what it knows, and asks for nothing.
            return List.of();
        }
        var judged =
                new PlannedJudgement(status, now, then.get(), this.now, catalogDoubt(name), delegatedReadable(name));
        var licensed = then.get().applications().stream()
                .map(it -> planned(it, application(now, it.name()), judged))
                .flatMap(Optional::stream);
        var former = then.get().former().stream()
                .filter(it -> now.stream().flatMap(old -> old.former().stream()).noneMatch(it::equals))
                .map(it -> removed(it, judged));
        return Stream.concat(licensed, former).toList();
    }

    private Optional<PlannedApplication> planned(
            DesiredApplication then, Optional<DesiredApplication> now, PlannedJudgement judged) {
        var link = links.application(then);
        var current = status.application(then.catalog(), then.name())
                .filter(it -> Optional.ofNullable(it.clientId()).equals(then.clientId()));
        var url = link.map(it -> it.url().toString()).filter(_ -> showsLinks.test(then.catalog()));
        var linkChanges = now.isPresent()
                && status.application(then.catalog(), then.name())
                        .map(ApplicationStatus::consentUrl)
                        .filter(old -> url.map(it -> !it.equals(old)).orElseGet(() -> leadsElsewhere(then, now.get())))
                        .isPresent();
        var attest = attest(then)
                .filter(it -> now.stream().flatMap(this::attest).noneMatch(it::equals))
                .toList();
        var change = now.isPresent() ? Change.Kept : Change.Added;
        if (now.filter(it -> demand(it).equals(demand(then))).isPresent()) {
            return Optional.of(new PlannedApplication(
                    then.catalog(),
                    then.name(),
                    then.displayName(),
                    then.optional(),
                    change,
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    attest,
                    false,
                    ready && !then.optional() && !attest.isEmpty(),
                    linkChanges,
                    url,
                    link.map(ConsentLink::grantableBy)));
        }
        var lacks = judged.lacks(then);
        var missing = current.map(CatalogChange::missing).orElse(Set.of());
        var retired = judged.retired(then)
                && current.filter(it -> it.state() == ApplicationState.PermissionRetired)
                        .isEmpty();
        var surplus = current.map(it -> Set.copyOf(it.surplus())).orElse(Set.of());
        return Optional.of(new PlannedApplication(
                then.catalog(),
                then.name(),
                then.displayName(),
                then.optional(),
                change,
                without(lacks.certain(), missing),
                without(without(lacks.possible(), missing), neededBefore(then, now)),
                judged.surplus(then).stream()
                        .filter(it -> !surplus.contains(it))
                        .toList(),
                judged.doubt(then).filter(_ -> matters(then, now)),
                attest,
                retired,
                ready && !then.optional() && (!lacks.certain().isEmpty() || !attest.isEmpty() || retired),
                linkChanges,
                url,
                link.map(ConsentLink::grantableBy)));
    }

    private PlannedApplication removed(FormerApplication former, PlannedJudgement judged) {
        return new PlannedApplication(
                former.catalog(),
                former.name(),
                former.displayName(),
                true,
                Change.Removed,
                List.of(),
                List.of(),
                judged.surplus(former),
                judged.doubt(former),
                List.of(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** All that decides what a tenant has to grant. */
    private static List<Object> demand(DesiredApplication application) {
        return List.of(
                application.clientId(),
                application.optional(),
                application.permissions(),
                application.action(),
                application.withdrawn());
    }

    /** Whether a link changes that no link of the operator shows: what it is made of does. */
    private boolean leadsElsewhere(DesiredApplication then, DesiredApplication now) {
        return !then.clientId().equals(now.clientId()) || returnsElsewhere(then.catalog());
    }

    private boolean leadsElsewhere(String catalog) {
        return returnsElsewhere(catalog)
                || status(catalog)
                        .filter(it -> !clientId(catalog).equalsIgnoreCase(it.clientId()))
                        .isPresent();
    }

    private boolean returnsElsewhere(String catalog) {
        return find(before, catalog)
                .flatMap(now -> find(after, catalog)
                        .filter(then -> !then.redirectUri().equals(now.redirectUri())
                                || !then.cloud().equals(now.cloud())))
                .isPresent();
    }

    /** Whether it makes a difference what the tenant holds: something is asked for, or no longer is. */
    private static boolean matters(DesiredApplication then, Optional<DesiredApplication> now) {
        return now.filter(it -> it.clientId().equals(then.clientId()))
                .filter(it -> it.permissions().equals(then.permissions()))
                .isEmpty();
    }

    /** What was needed before is not needed anew, whatever the tenant holds. */
    private static Set<Permission> neededBefore(DesiredApplication then, Optional<DesiredApplication> now) {
        return now.filter(it -> it.clientId().equals(then.clientId())).stream()
                .flatMap(DesiredApplication::needed)
                .filter(it -> then.needed().anyMatch(it::equals))
                .map(DesiredPermission::permission)
                .collect(Collectors.toSet());
    }

    private static List<Permission> without(List<Permission> all, Set<Permission> known) {
        return all.stream().filter(it -> !known.contains(it)).toList();
    }

    private static Set<Permission> missing(ApplicationStatus application) {
        return Stream.concat(application.missing().stream(), application.awaited().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> attest(DesiredApplication application) {
        return application.prerequisites().stream()
                .filter(it -> it.required() && it.attested().until(now).isEmpty())
                .map(DesiredPrerequisite::name);
    }

    private Optional<Doubt> catalogDoubt(String catalog) {
        if (doubt.isPresent()) {
            return doubt;
        }
        return status(catalog)
                .map(it -> it.state().equals(AUTHORIZED)
                                && it.clientId() != null
                                && it.clientId().equalsIgnoreCase(clientId(catalog))
                        ? Optional.<Doubt>empty()
                        : Optional.of(Doubt.VerifierCannotRead))
                .orElse(Optional.of(Doubt.NeverRead));
    }

    private boolean delegatedReadable(String catalog) {
        return status(catalog)
                .filter(it -> it.tier() == VerifierStatus.Tier.Application)
                .isEmpty();
    }

    private String clientId(String catalog) {
        return find(after, catalog).map(it -> it.verifier().clientId()).orElse("");
    }

    private Optional<VerifierStatus> status(String catalog) {
        return status.verifiers().stream()
                .filter(it -> it.catalog().equals(catalog))
                .findFirst();
    }

    private static Optional<DesiredApplication> application(Optional<DesiredCatalog> catalog, String name) {
        return catalog.stream()
                .flatMap(it -> it.applications().stream())
                .filter(it -> it.name().equals(name))
                .findFirst();
    }

    private static Optional<DesiredCatalog> find(DesiredOnboarding desired, String name) {
        return Stream.concat(desired.catalogs().stream(), desired.unlicensed().stream())
                .filter(it -> it.name().equals(name))
                .findFirst();
    }
}
