package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Plan;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.page.view.PageView.Application;
import dev.tenantops.onboarding.operator.page.view.PageView.Consent;
import dev.tenantops.onboarding.operator.page.view.PageView.Product;
import dev.tenantops.onboarding.operator.page.view.PageView.Section;
import dev.tenantops.onboarding.operator.page.view.PageView.Verifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parts of the catalogs that the licences name. */
record Products(
        List<License> licenses,
        TenantOnboardingStatus status,
        Map<String, ApplicationCatalog> catalogs,
        Evidence evidence) {

    /** In the order of the licences; several of one catalog have one part. */
    List<Product> licensed() {
        return licenses.stream()
                .map(License::catalog)
                .distinct()
                .map(this::product)
                .toList();
    }

    List<Application> former() {
        return status.applications().stream()
                .filter(it -> it.state() == ApplicationState.NoLongerLicensed)
                .map(it -> applications(it.catalog()).former(it))
                .toList();
    }

    private Product product(String catalog) {
        var spec = spec(catalog);
        return new Product(
                catalog,
                publisher(catalog),
                spec.flatMap(it -> Optional.ofNullable(it.branding())).flatMap(it -> Links.text(it.product())),
                verifier(catalog),
                sections(catalog));
    }

    private List<Section> sections(String catalog) {
        var wanted = wanted(catalog);
        var shown = new HashSet<String>();
        var applications = applications(catalog);
        var sections = new ArrayList<Section>();
        var optional = new ArrayList<Application>();
        for (var plan : plans(catalog)) {
            add(
                    sections,
                    optional,
                    SectionKind.Plan,
                    catalog,
                    plan,
                    applications,
                    take(plan.applications(), wanted, shown));
        }
        // Those of the licence, and those that the status has and the catalog says nothing of, as where it is not
        // there.
        add(sections, optional, SectionKind.Additional, catalog, null, applications, take(wanted, wanted, shown));
        if (!optional.isEmpty()) {
            sections.add(new Section(
                    SectionKind.Optional, Optional.empty(), Links.anchor("optional", catalog), List.copyOf(optional)));
        }
        return List.copyOf(sections);
    }

    private void add(
            List<Section> sections,
            List<Application> optional,
            SectionKind kind,
            String catalog,
            Plan plan,
            Applications applications,
            List<String> names) {
        var all = names.stream()
                .map(it -> applications.licensed(it, known(catalog, it)))
                .toList();
        all.stream().filter(Application::optional).forEach(optional::add);
        var needed = all.stream().filter(it -> !it.optional()).toList();
        if (!needed.isEmpty()) {
            var title = Optional.ofNullable(plan)
                    .map(it -> Links.text(it.displayName()).orElse(it.name()));
            var anchor = Links.anchor("section", plan == null ? catalog : catalog + "/" + plan.name());
            sections.add(new Section(kind, title, anchor, needed));
        }
    }

    private static List<String> take(Iterable<String> names, Set<String> wanted, Set<String> shown) {
        var taken = new ArrayList<String>();
        for (var name : names) {
            if (wanted.contains(name) && shown.add(name)) {
                taken.add(name);
            }
        }
        return taken;
    }

    /** In the catalog's order. */
    private Set<String> wanted(String catalog) {
        var names = new HashSet<String>();
        plans(catalog).forEach(it -> names.addAll(it.applications()));
        licenses(catalog).forEach(it -> names.addAll(it.applications()));
        status.applications().stream()
                .filter(it -> it.catalog().equals(catalog) && it.state() != ApplicationState.NoLongerLicensed)
                .filter(_ -> evidence.current() || spec(catalog).isEmpty())
                .map(ApplicationStatus::name)
                .forEach(names::add);
        var ordered = new LinkedHashSet<String>();
        spec(catalog).stream()
                .flatMap(it -> it.applications().stream())
                .map(ApplicationCatalogSpec.Application::name)
                .filter(names::contains)
                .forEach(ordered::add);
        names.stream().sorted().forEach(ordered::add);
        return ordered;
    }

    private List<Plan> plans(String catalog) {
        var licensed = licenses(catalog).flatMap(it -> it.plans().stream()).toList();
        return spec(catalog).map(ApplicationCatalogSpec::plans).orElse(List.of()).stream()
                .filter(it -> licensed.contains(it.name()))
                .toList();
    }

    private Stream<License> licenses(String catalog) {
        return licenses.stream().filter(it -> it.catalog().equals(catalog));
    }

    private Optional<ApplicationStatus> known(String catalog, String application) {
        return status.application(catalog, application).filter(it -> it.state() != ApplicationState.NoLongerLicensed);
    }

    private Applications applications(String catalog) {
        return new Applications(catalog, Optional.ofNullable(catalogs.get(catalog)), evidence, verifier(catalog));
    }

    private Verifier verifier(String catalog) {
        var known = status.verifiers().stream()
                .filter(it -> it.catalog().equals(catalog))
                .findFirst();
        var state = VerifierState.of(known.map(VerifierStatus::state).orElse(null), evidence.fresh());
        // An authorized verifier keeps its link, and needs it no more.
        var authorized = known.filter(it -> it.state().equals(VerifierState.Authorized.name()))
                .isPresent();
        var clientId = known.flatMap(it -> Links.text(it.clientId()))
                .or(() -> spec(catalog).flatMap(it -> Links.text(it.verifier().clientId())));
        var helps = !authorized && state.consentHelps();
        var obstacles =
                helps ? new Preflight(Optional.ofNullable(catalogs.get(catalog))).of(clientId) : List.<Obstacle>of();
        return new Verifier(
                catalog,
                Links.anchor("verifier", catalog),
                publisher(catalog),
                clientId,
                state,
                obstacles,
                known.filter(_ -> helps && obstacles.stream().noneMatch(Obstacle::certain))
                        .flatMap(it -> Links.https(it.consentUrl())
                                .map(url -> new Consent(
                                        url, Role.named(it.grantableBy()).orElse(List.of()), false))));
    }

    private String publisher(String catalog) {
        return spec(catalog).flatMap(it -> Links.text(it.publisher())).orElse(catalog);
    }

    private Optional<ApplicationCatalogSpec> spec(String catalog) {
        return Optional.ofNullable(catalogs.get(catalog)).map(ApplicationCatalog::getSpec);
    }
}
