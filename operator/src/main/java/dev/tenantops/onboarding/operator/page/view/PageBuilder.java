package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Branding;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.consent.ConsentState;
import dev.tenantops.onboarding.operator.page.view.PageView.Application;
import dev.tenantops.onboarding.operator.page.view.PageView.Brand;
import dev.tenantops.onboarding.operator.page.view.PageView.Consent;
import dev.tenantops.onboarding.operator.page.view.PageView.Head;
import dev.tenantops.onboarding.operator.page.view.PageView.Network;
import dev.tenantops.onboarding.operator.page.view.PageView.Next;
import dev.tenantops.onboarding.operator.page.view.PageView.Notice;
import dev.tenantops.onboarding.operator.page.view.PageView.Product;
import dev.tenantops.onboarding.operator.page.view.PageView.Returned;
import dev.tenantops.onboarding.operator.page.view.PageView.Section;
import dev.tenantops.onboarding.operator.page.view.PageView.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the parts of a page together, and says what comes next. */
final class PageBuilder {

    private final TenantOnboardingSpec spec;
    private final TenantOnboardingStatus status;
    private final Map<String, ApplicationCatalog> catalogs;
    private final Evidence evidence;
    private final Optional<ReturnedConsent> returned;

    PageBuilder(
            TenantOnboarding onboarding,
            Map<String, ApplicationCatalog> catalogs,
            Evidence evidence,
            Optional<ReturnedConsent> returned) {
        this.spec = onboarding.getSpec();
        this.status = onboarding.known();
        this.catalogs = Map.copyOf(catalogs);
        this.evidence = evidence;
        this.returned = returned;
    }

    PageView build() {
        var all = new Products(spec.licenses(), status, catalogs, evidence);
        var products = all.licensed();
        var network = new Endpoints(spec, status, catalogs, evidence).network();
        var next = next(products, network);
        var inOrder = products.stream().map(it -> emphasized(it, next)).toList();
        return new PageView(
                head(inOrder, next),
                brand(products),
                notices(),
                returned.map(it -> returned(it, inOrder)),
                inOrder,
                all.former(),
                network);
    }

    private Head head(List<Product> products, Next next) {
        var needed = applications(products)
                .filter(it -> !it.optional())
                .filter(it -> it.state() != ApplicationState.NotVerifiable)
                .toList();
        return new Head(
                ready(),
                Links.text(status.tenantName()),
                spec.tenantId(),
                (int) needed.stream().filter(Application::granted).count(),
                (int) needed.stream()
                        .filter(it -> it.state() == ApplicationState.Attested)
                        .count(),
                (int) needed.stream().filter(Application::unverified).count(),
                needed.size(),
                next,
                evidence.lastVerified(),
                evidence.validUntil(),
                evidence.ended());
    }

    /** As the status says, as long as it speaks of this spec and its evidence counts. */
    private Condition.Status ready() {
        var said = status.condition(ConditionType.READY).map(Condition::status).orElse(Condition.Status.Unknown);
        var proven = evidence.fresh() && evidence.current() && !spec.suspend();
        return said == Condition.Status.True && !proven ? Condition.Status.Unknown : said;
    }

    private List<Notice> notices() {
        var notices = new ArrayList<Notice>();
        var stalled = status.condition(ConditionType.STALLED).filter(it -> it.status() == Condition.Status.True);
        var reason = status.condition(ConditionType.READY).map(Condition::reason);
        if (spec.suspend()) {
            notices.add(new Notice(NoticeKind.Suspended, Optional.empty()));
        } else if (stalled.isPresent()) {
            notices.add(new Notice(NoticeKind.Stalled, stalled.map(Condition::reason)));
        } else if (reason.filter("CheckFailed"::equals).isPresent()) {
            notices.add(new Notice(NoticeKind.CheckFailed, Optional.empty()));
        } else if (evidence.ended()) {
            notices.add(new Notice(NoticeKind.EvidenceEnded, Optional.empty()));
        } else if (evidence.lastVerified().isEmpty()) {
            notices.add(new Notice(NoticeKind.NotYetVerified, Optional.empty()));
        } else if (!evidence.current()) {
            notices.add(new Notice(NoticeKind.SpecChanged, Optional.empty()));
        }
        spec.licenses().stream()
                .map(it -> it.catalog())
                .distinct()
                .filter(it -> !catalogs.containsKey(it))
                .forEach(it -> notices.add(new Notice(NoticeKind.CatalogMissing, Optional.of(it))));
        if (status.leftOut() != null) {
            notices.add(new Notice(NoticeKind.LeftOut, Optional.empty()));
        }
        return List.copyOf(notices);
    }

    /** What an administrator can do now comes first, in the order of the page; then what others have to do. */
    private Next next(List<Product> products, Network network) {
        if (spec.suspend()) {
            return of(NextKind.Suspended);
        }
        return Stream.<Stream<Next>>of(
                        products.stream().map(Product::verifier).flatMap(PageBuilder::toVerifier),
                        needed(products).flatMap(PageBuilder::toApplication),
                        needed(products).flatMap(PageBuilder::toPrerequisite),
                        network.endpoints().stream()
                                .filter(it -> it.state().actor() == Actor.Customer)
                                .map(it -> new Next(
                                        NextKind.OpenNetwork, Optional.of(it.host()), Optional.of(it.anchor()))),
                        Stream.concat(
                                        products.stream().map(Product::verifier).map(Verifier::actor),
                                        Stream.concat(
                                                needed(products).map(Application::actor),
                                                network.endpoints().stream()
                                                        .map(it -> it.state().actor())))
                                .filter(it -> it == Actor.Publisher)
                                .map(_ -> of(NextKind.Publisher)))
                .flatMap(it -> it)
                .findFirst()
                .orElseGet(() -> status.condition(ConditionType.STALLED).isPresent()
                        ? of(NextKind.Publisher)
                        : of(ready() == Condition.Status.True ? NextKind.Nothing : NextKind.Wait));
    }

    private static Stream<Next> toVerifier(Verifier verifier) {
        return Stream.of(verifier)
                .filter(it -> it.actor() == Actor.Customer)
                .map(it -> new Next(
                        it.consent().isPresent() ? NextKind.ConsentToVerifier : NextKind.Resolve,
                        Optional.of(it.publisher()),
                        Optional.of(it.anchor())));
    }

    /** Before the first reading, what can be consented to already is worth doing: nobody has to wait in between. */
    private static Stream<Next> toApplication(Application application) {
        return Stream.of(application)
                .filter(it -> it.actor() == Actor.Customer)
                .map(it -> new Next(
                        it.consent().isPresent() && it.mark() == Mark.Open ? NextKind.Consent : NextKind.Resolve,
                        Optional.of(it.name()),
                        Optional.of(it.anchor())));
    }

    private static Stream<Next> toPrerequisite(Application application) {
        return application.prerequisites().stream()
                .filter(it -> it.state() == PrerequisiteStatus.State.AttestationRequired)
                .map(_ ->
                        new Next(NextKind.Attest, Optional.of(application.name()), Optional.of(application.anchor())));
    }

    private static Next of(NextKind kind) {
        return new Next(kind, Optional.empty(), Optional.empty());
    }

    /** The one button that comes next looks like it. */
    private static Product emphasized(Product product, Next next) {
        var verifier = product.verifier();
        return new Product(
                product.catalog(),
                product.publisher(),
                product.name(),
                new Verifier(
                        verifier.catalog(),
                        verifier.anchor(),
                        verifier.publisher(),
                        verifier.clientId(),
                        verifier.state(),
                        verifier.obstacles(),
                        emphasized(verifier.consent(), verifier.anchor(), next)),
                product.sections().stream()
                        .map(it -> new Section(
                                it.kind(),
                                it.title(),
                                it.anchor(),
                                it.applications().stream()
                                        .map(one -> one.with(emphasized(one.consent(), one.anchor(), next)))
                                        .toList()))
                        .toList());
    }

    private static Optional<Consent> emphasized(Optional<Consent> consent, String anchor, Next next) {
        return consent.map(it -> new Consent(
                it.url(), it.roles(), next.anchor().filter(anchor::equals).isPresent()));
    }

    /** Several catalogs of one publisher are one brand; of several publishers each has its name above its part. */
    private Brand brand(List<Product> products) {
        var specs = products.stream()
                .flatMap(it -> Stream.ofNullable(catalogs.get(it.catalog())))
                .map(ApplicationCatalog::getSpec)
                .toList();
        var publishers = products.stream().map(Product::publisher).distinct().toList();
        var names =
                products.stream().flatMap(it -> it.name().stream()).distinct().toList();
        var first = specs.stream()
                .map(ApplicationCatalogSpec::branding)
                .filter(Objects::nonNull)
                .findFirst();
        return new Brand(
                String.join(", ", publishers),
                names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names)),
                first.map(Branding::supportEmail).flatMap(Links::mail),
                first.map(Branding::supportUrl).flatMap(Links::https),
                first.map(Branding::accentColor)
                        .filter(it -> it.startsWith("#"))
                        .flatMap(it -> AccentColor.of(it.substring(1))),
                first.map(Branding::logo).flatMap(Links::picture));
    }

    private static Returned returned(ReturnedConsent consent, List<Product> products) {
        if (consent.application().equals(ConsentState.VERIFIER)) {
            var verifiers = products.stream().map(Product::verifier).toList();
            var proven =
                    !verifiers.isEmpty() && verifiers.stream().allMatch(it -> it.state() == VerifierState.Authorized);
            return new Returned(
                    consent.outcome(),
                    Optional.empty(),
                    verifiers.stream().map(Verifier::anchor).findFirst(),
                    proven);
        }
        var application = applications(products)
                .filter(it -> it.key().endsWith("/" + consent.application()))
                .findFirst();
        return new Returned(
                consent.outcome(),
                application.map(Application::name),
                application.map(Application::anchor),
                application.filter(Application::granted).isPresent());
    }

    private static Stream<Application> needed(List<Product> products) {
        return applications(products).filter(it -> !it.optional());
    }

    private static Stream<Application> applications(List<Product> products) {
        return products.stream().flatMap(it -> it.sections().stream()).flatMap(it -> it.applications().stream());
    }
}
