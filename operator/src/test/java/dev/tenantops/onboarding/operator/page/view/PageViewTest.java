package dev.tenantops.onboarding.operator.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.ApplicationStatus.Times;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.operator.page.view.PageView.Application;
import dev.tenantops.onboarding.operator.page.view.PageView.Next;
import dev.tenantops.onboarding.operator.page.view.PageView.Section;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PageViewTest {

    private static final String HEEDIFY_VERIFIER = "4eed1f00-0000-4000-8000-0000000000ff";

    private static final Instant NOW = SampleTenants.NOW;

    static List<String> files() {
        return SampleTenants.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsGreenOnceTheEvidenceHasEndedByThePagesOwnClock(String file) {
        var tenant = SampleTenants.of(file).ready();
        var view = tenant.view(NOW.plusSeconds(900), Optional.empty());
        assertThat(view.head().ready()).isEqualTo(Condition.Status.Unknown);
        assertThat(view.head().stale()).isTrue();
        assertThat(view.head().granted()).isZero();
        assertThat(view.applications()).noneMatch(it -> it.mark() == Mark.Done);
        assertThat(view.products()).noneMatch(it -> it.verifier().mark() == Mark.Done);
        assertThat(view.applications().flatMap(it -> it.permissions().stream()).flatMap(it -> it.lines().stream()))
                .noneMatch(it -> it.grant().mark() == Mark.Done);
        assertThat(view.proven()).isFalse();
        assertThat(view.notices()).extracting(it -> it.kind()).contains(NoticeKind.EvidenceEnded);
    }

    @Test
    void whatWasGrantedBeforeItsEvidenceEndedIsNotAskedForAgain() {
        var view = SampleTenants.of("heedify-common.yaml").ready().view(NOW.plusSeconds(900), Optional.empty());
        assertThat(view.applications()).noneMatch(it -> it.consent().isPresent());
    }

    @Test
    void withoutAnEndOfTheEvidenceNothingIsGreen() {
        var view =
                SampleTenants.of("heedify-common.yaml").ready().validUntil(null).view();
        assertThat(view.head().ready()).isEqualTo(Condition.Status.Unknown);
        assertThat(view.applications()).noneMatch(it -> it.mark() == Mark.Done);
    }

    @Test
    void aStatusOfAnEarlierSpecIsNotReady() {
        var tenant = SampleTenants.of("heedify-common.yaml").ready();
        tenant.onboarding().getMetadata().setGeneration(2L);
        var view = tenant.view();
        assertThat(view.head().ready()).isEqualTo(Condition.Status.Unknown);
        assertThat(view.proven()).isFalse();
        assertThat(view.notices()).extracting(it -> it.kind()).containsExactly(NoticeKind.SpecChanged);
    }

    @ParameterizedTest
    @EnumSource
    void onlyGrantedIsGreen(ApplicationState state) {
        var view = SampleTenants.of("heedify-extend.yaml").all(state).view();
        assertThat(view.applications()).allMatch(it -> (it.mark() == Mark.Done) == (state == ApplicationState.Granted));
    }

    @ParameterizedTest
    @EnumSource
    void aConsentIsOfferedOnlyWhereItCanHelp(ApplicationState state) {
        var view = SampleTenants.of("heedify-common.yaml").all(state).view();
        assertThat(view.applications())
                .allMatch(it -> it.consent().isPresent() == Treatment.of(state).consentHelps());
    }

    @Test
    void applicationsStandInTheCatalogsPlansAndOrder() {
        var view = SampleTenants.of("heedify-extend.yaml").granted(0).view();
        var sections = view.products().getFirst().sections();
        assertThat(sections)
                .extracting(it -> it.title().orElseThrow())
                .containsExactly("Common Applications", "Extend Applications");
        assertThat(sections)
                .flatExtracting(Section::applications)
                .extracting(Application::key)
                .containsExactly(
                        "heedify/reports",
                        "heedify/presence",
                        "heedify/admin-portal",
                        "heedify/call-center",
                        "heedify/agent-console");
    }

    @Test
    void anOptionalApplicationStandsApartAndNothingWaitsForIt() {
        var view = SampleTenants.of("audiocodes-pro.yaml").granted(9).view();
        assertThat(view.products().getFirst().sections()).anyMatch(Section::optional);
        assertThat(view.applications().filter(it -> !it.optional()))
                .hasSize(view.head().needed());
    }

    @Test
    void theVerifierComesNextBeforeAnyApplication() {
        var view = SampleTenants.of("heedify-common.yaml")
                .all(ApplicationState.NotVerified)
                .verifier("VerifierConsentRequired")
                .view();
        assertThat(view.head().next())
                .isEqualTo(
                        new Next(NextKind.ConsentToVerifier, Optional.of("Heedify"), Optional.of("verifier_heedify")));
        assertThat(view.applications())
                .allMatch(it -> it.obstacles().contains(Obstacle.VerifierFirst))
                .allMatch(it -> it.consent().isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deleted      | RegistrationDeleted      | false
            SingleTenant | RegistrationSingleTenant | false
            NotFound     | RegistrationNotFound     | true
            """)
    void whatThePublishersTenantShowsOfTheVerifierIsSaidBeforeItsLink(
            RegistrationState state, Obstacle obstacle, boolean worthTrying) {
        var view = SampleTenants.of("heedify-common.yaml")
                .all(ApplicationState.NotVerified)
                .verifier("VerifierConsentRequired")
                .registration("heedify", registration(HEEDIFY_VERIFIER, state))
                .view();
        var verifier = view.products().getFirst().verifier();
        assertThat(verifier.obstacles()).containsExactly(obstacle);
        assertThat(verifier.consent().isPresent()).isEqualTo(worthTrying);
        assertThat(view.head().next().kind() == NextKind.ConsentToVerifier).isEqualTo(worthTrying);
        assertThat(view.applications()).allMatch(it -> !it.obstacles().contains(obstacle));
    }

    @Test
    void anAuthorizedVerifierNeedsNoPreflight() {
        var view = SampleTenants.of("heedify-common.yaml")
                .ready()
                .registration("heedify", registration(HEEDIFY_VERIFIER, RegistrationState.NotFound))
                .view();
        assertThat(view.products().getFirst().verifier().obstacles()).isEmpty();
    }

    @Test
    void anApplicationThatItsPublisherDeletedHasNoLinkAndIsThePublishersToMend() {
        var sample = SampleTenants.of("heedify-common.yaml").granted(2);
        var waiting = sample.view()
                .applications()
                .filter(it -> it.state() == ApplicationState.ConsentRequired)
                .findFirst()
                .orElseThrow();
        var view = sample.registration(
                        "heedify", registration(waiting.clientId().orElseThrow(), RegistrationState.Deleted))
                .view();
        assertThat(view.applications().filter(it -> it.key().equals(waiting.key())))
                .singleElement()
                .matches(it -> it.obstacles().contains(Obstacle.RegistrationDeleted))
                .matches(it -> it.consent().isEmpty());
        assertThat(view.head().next().kind()).isEqualTo(NextKind.Publisher);
    }

    @Test
    void whatWasReadOfAnotherRegistrationSaysNothingOfTheOneThatTheLinkIsOf() {
        var view = SampleTenants.of("heedify-common.yaml")
                .granted(2)
                .registration(
                        "heedify",
                        new RegistrationStatus(
                                "admin-portal", "earlier", RegistrationState.Deleted, null, null, List.of()))
                .view();
        assertThat(view.applications()).allMatch(it -> it.obstacles().isEmpty());
        assertThat(view.head().next().kind()).isEqualTo(NextKind.Consent);
    }

    private static RegistrationStatus registration(String clientId, RegistrationState state) {
        return new RegistrationStatus(null, clientId, state, null, null, List.of());
    }

    @Test
    void oneButtonStandsOutAndItIsTheNext() {
        var view = SampleTenants.of("heedify-extend.yaml").granted(2).view();
        assertThat(view.applications()
                        .filter(it -> it.consent().filter(one -> one.primary()).isPresent()))
                .extracting(Application::name)
                .containsExactly("Heedify Admin portal");
    }

    @Test
    void anApiThatIsNotThereIsSaidBeforeTheLink() {
        var view = SampleTenants.of("heedify-extend.yaml")
                .granted(4)
                .application("heedify", "agent-console", ApplicationState.ResourceServicePrincipalMissing)
                .view();
        assertThat(view.applications().filter(it -> it.key().equals("heedify/agent-console")))
                .allMatch(it -> it.obstacles().contains(Obstacle.ResourceMissing));
    }

    @Test
    void allGrantedLeavesNothingToDoAndCanBeProven() {
        var view = SampleTenants.of("heedify-extend.yaml").ready().view();
        assertThat(view.head().ready()).isEqualTo(Condition.Status.True);
        assertThat(view.head().next().kind()).isEqualTo(NextKind.Nothing);
        assertThat(view.proven()).isTrue();
    }

    @Test
    void whatCouldNotBeReadIsCountedAsNeitherGrantedNorMissing() {
        var head = SampleTenants.of("heedify-common.yaml")
                .ready()
                .view(NOW.plusSeconds(900), Optional.empty())
                .head();
        assertThat(head.unverified()).isEqualTo(3);
        assertThat(head.needed()).isEqualTo(3);
    }

    @Test
    void whatWaitsForSomebodysWordIsNotProven() {
        var view = SampleTenants.of("outreach-ews.yaml").ready().view();
        assertThat(view.head().granted()).isEqualTo(view.head().needed());
        assertThat(view.proven()).isFalse();
        assertThat(view.head().next().kind()).isEqualTo(NextKind.Attest);
    }

    @Test
    void whatIsNotLicensedAnyMoreStandsApart() {
        var view = SampleTenants.of("heedify-common.yaml")
                .ready()
                .application("heedify", "call-center", ApplicationState.NoLongerLicensed)
                .view();
        assertThat(view.former()).extracting(Application::key).containsExactly("heedify/call-center");
        assertThat(view.applications()).noneMatch(it -> it.key().equals("heedify/call-center"));
        assertThat(view.head().needed()).isEqualTo(3);
    }

    @Test
    void aRequiredPrerequisiteIsOpenUntilItIsAttestedAndAgainWhenThatEnds() {
        assertThat(prerequisite(NOW)).isEqualTo(PrerequisiteStatus.State.Attested);
        assertThat(prerequisite(NOW.plusSeconds(600))).isEqualTo(PrerequisiteStatus.State.AttestationRequired);
    }

    private static PrerequisiteStatus.State prerequisite(Instant now) {
        var attested = new PrerequisiteStatus(
                "ews-allowed",
                PrerequisiteStatus.State.Attested,
                NOW.plusSeconds(600).toString());
        var tenant = SampleTenants.of("outreach-ews.yaml")
                .application(new ApplicationStatus(
                        new Identity("outreach", "mail-and-calendar-ews", "EWS", "id", null),
                        ApplicationState.Granted,
                        null,
                        Link.NONE,
                        null,
                        Permissions.remembered(Listed.NONE, List.of()),
                        new ApplicationStatus.Attestations(List.of(), List.of(attested)),
                        new Times(null, null, null, null, null)));
        return tenant.view(now, Optional.empty())
                .applications()
                .flatMap(it -> it.prerequisites().stream())
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void theFirewallListHasHostPortAndProtocol() {
        var view = SampleTenants.of("heedify-unify.yaml").granted(1).view();
        assertThat(view.network().firewall())
                .containsExactly("*.signalr.net\tTCP 443\tWSS (WebSocket over TLS)", "*.heedify.io\tTCP 443\tHTTPS");
        assertThat(view.network().endpoints()).allMatch(it -> it.state() == EndpointState.NotVerified);
    }

    @Test
    void anEndpointThatIsBlockedIsTheCustomersNextStepOnceAllIsGranted() {
        var view = SampleTenants.of("heedify-unify.yaml")
                .granted(9)
                .endpoint(new EndpointStatus(
                        "heedify/signalr",
                        new EndpointStatus.Outcome("WebSocketUpgradeBlocked", "WebSocketUpgrade", null, List.of()),
                        new EndpointStatus.Route(null, null, null),
                        EndpointStatus.Advice.NONE))
                .view();
        assertThat(view.head().next().kind()).isEqualTo(NextKind.OpenNetwork);
    }

    @ParameterizedTest
    @CsvSource({"SecretNotReadable, false", "AddressNotAllowed, false", "ProxyForbidden, true", "DnsFailed, true"})
    void whatOnlyThePublisherCanMendIsToldWithoutNamesOfTheirs(String state, boolean told) {
        var view = SampleTenants.of("heedify-unify.yaml")
                .granted(9)
                .endpoint(new EndpointStatus(
                        "heedify/signalr",
                        new EndpointStatus.Outcome(state, null, null, List.of()),
                        new EndpointStatus.Route(null, null, null),
                        new EndpointStatus.Advice("The Secret proxy-credentials.", "kubectl patch secret")))
                .view();
        assertThat(view.toString().contains("proxy-credentials")).isEqualTo(told);
        assertThat(view.toString().contains("kubectl")).isEqualTo(told);
    }

    @Test
    void aReturnIsBelievedInNothing() {
        var before = SampleTenants.of("heedify-common.yaml").granted(0);
        var returned = before.view(NOW, Optional.of(new ReturnedConsent("reports", ConsentOutcome.Reported)));
        assertThat(returned.returned())
                .hasValueSatisfying(it -> assertThat(it.confirmed()).isFalse());
        assertThat(returned.products()).isEqualTo(before.view().products());
        assertThat(returned.head()).isEqualTo(before.view().head());
    }

    @Test
    void aReturnFromAnApplicationThatIsNotHereNamesNone() {
        var view = SampleTenants.of("heedify-common.yaml")
                .granted(0)
                .view(NOW, Optional.of(new ReturnedConsent("<b>x</b>", ConsentOutcome.Cancelled)));
        assertThat(view.returned())
                .hasValueSatisfying(it -> assertThat(it.name()).isEmpty());
    }

    @Test
    void aCatalogThatIsNotThereIsSaidAndWhatTheStatusHasIsShown() {
        var view = PageView.of(
                SampleTenants.of("heedify-common.yaml").granted(1).built(), Map.of(), NOW, Optional.empty());
        assertThat(view.notices()).extracting(it -> it.kind()).contains(NoticeKind.CatalogMissing);
        assertThat(view.applications()).hasSize(3);
    }

    @Test
    void theSameIsCalledTheSameAndAnythingElseOtherwise() {
        var revision = SampleTenants.of("heedify-common.yaml").granted(1).view().revision();
        assertThat(SampleTenants.of("heedify-common.yaml").granted(1).view().revision())
                .isEqualTo(revision);
        assertThat(SampleTenants.of("heedify-common.yaml").granted(2).view().revision())
                .isNotEqualTo(revision);
    }
}
