package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusBuilderTest {

    private static final String TEAMS_APP = Samples.CONSOLE;
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final Failure NOT_CONSENTED = Failure.of(
            Reason.VerifierConsentRequired, "It is not there.", new Remedy.Consent("It needs some minutes."));

    private final Story story = new Story();

    @Test
    void everythingProvenIsReady() {
        var status = story.check(granted(START));
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
        assertCondition(ConditionType.VERIFIER_AUTHORIZED, Status.True, "Authorized");
        assertCondition(ConditionType.CONSENT_GRANTED, Status.True, "AllGranted");
        assertCondition(ConditionType.NETWORK_REACHABLE, Status.True, "AllReachable");
        assertThat(status.granted()).isEqualTo("2/2");
        assertThat(status.nextAction()).isNull();
        assertThat(status.lastVerified()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(status.observedGeneration()).isEqualTo(1);
        assertThat(status.verifiers().getFirst().tier()).isEqualTo(VerifierStatus.Tier.Directory);
    }

    @Test
    void whoCanGrantIsSaidUntilItIsGranted() {
        var before = story.check(TenantFixture.of(START).observation());
        assertThat(before.applications()).isNotEmpty().allMatch(it -> it.grantableBy() != null);
        var status = story.check(granted(START.plusSeconds(60)));
        assertThat(status.verifiers()).isNotEmpty().allMatch(it -> it.grantableBy() == null);
        assertThat(status.applications())
                .isNotEmpty()
                .allMatch(it -> it.consentUrl() != null)
                .allMatch(it -> (it.grantableBy() == null) == (it.state() == ApplicationState.Granted));
    }

    @Test
    void aMissingConsentSaysWhoHasToOpenWhat() {
        var status = story.check(TenantFixture.of(START).observation());
        assertCondition(ConditionType.READY, Status.False, "ConsentRequired");
        assertThat(status.granted()).isEqualTo("0/2");
        assertThat(status.nextAction())
                .startsWith("Ask a Privileged Role Administrator or Global Administrator of the tenant to open"
                        + " https://login.microsoftonline.com/" + Samples.TENANT)
                .endsWith("grant admin consent to Heedify Presence.");
        assertThat(story.condition(ConditionType.READY).message()).endsWith(status.nextAction());
        assertThat(story.has(ConditionType.STALLED)).isFalse();
    }

    @Test
    void anUnchangedTenantChangesNothingUntilHalfOfTheFreshnessIsOver() {
        var first = story.check(granted(START));
        assertThat(story.check(granted(START.plusSeconds(300)))).isEqualTo(first);
        assertThat(story.check(granted(START.plusSeconds(449)))).isEqualTo(first);
        var moved = story.check(granted(START.plusSeconds(450)));
        assertThat(moved.lastVerified()).isEqualTo("2026-03-01T12:07:30Z");
        assertThat(moved.conditions()).isEqualTo(first.conditions());
    }

    @Test
    void aStatusSaysUntilWhenItMayBeBelieved() {
        assertThat(story.check(granted(START)).validUntil()).isEqualTo("2026-03-01T12:15:00Z");
        assertThat(story.check(granted(START.plusSeconds(449))).validUntil()).isEqualTo("2026-03-01T12:15:00Z");
        assertThat(story.check(granted(START.plusSeconds(450))).validUntil()).isEqualTo("2026-03-01T12:22:30Z");
    }

    @Test
    void aReadingThatFailsDoesNotProlongWhatAnEarlierOneProved() {
        story.check(granted(START));
        var kept = story.check(failed(START.plusSeconds(600), Reason.GraphUnavailable));
        assertThat(kept.validUntil()).isEqualTo("2026-03-01T12:15:00Z");
        var over = story.check(failed(START.plusSeconds(1000), Reason.GraphUnavailable));
        assertThat(over.validUntil()).isEqualTo("2026-03-01T12:15:00Z");
    }

    @Test
    void whatIsWrongEndsLikeWhatIsRight() {
        var missing = story.check(TenantFixture.of(START).observation());
        assertThat(missing.validUntil()).isEqualTo("2026-03-01T12:15:00Z");
        var refused = story.check(failed(START.plusSeconds(600), Reason.VerifierConsentRequired));
        assertThat(refused.validUntil()).isEqualTo("2026-03-01T12:25:00Z");
    }

    @Test
    void nothingWasReadYetSoNothingCanBeOver() {
        assertThat(story.check(failed(START, Reason.GraphUnavailable)).validUntil())
                .isNull();
    }

    @Test
    void aSuspendedOnboardingClaimsNothing() {
        story.check(granted(START));
        assertThat(story.suspended(true).check(granted(START.plusSeconds(60))).validUntil())
                .isNull();
    }

    @Test
    void aPassingFailureTakesNothingAwayWhileTheEvidenceIsFresh() {
        story.check(granted(START));
        var status = story.check(failed(START.plusSeconds(300), Reason.GraphUnavailable));
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
        assertCondition(ConditionType.VERIFIER_AUTHORIZED, Status.Unknown, "GraphUnavailable");
        assertThat(status.applications()).allMatch(it -> it.state() == ApplicationState.Granted);
        assertThat(status.lastVerified()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void staleEvidenceIsUnknownAndStillReconciling() {
        story.check(granted(START));
        var status = story.check(failed(START.plus(Story.FRESHNESS).plusSeconds(1), Reason.Throttled));
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.Unknown);
        assertThat(story.condition(ConditionType.RECONCILING).status()).isEqualTo(Status.True);
        assertCondition(ConditionType.CONSENT_GRANTED, Status.Unknown, "NotVerified");
        assertThat(status.granted()).isEqualTo("2/2 unverified");
        var recovered = story.check(granted(START.plus(Story.FRESHNESS).plusSeconds(60)));
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
        // Nothing is claimed for the time that nobody saw.
        assertThat(recovered.applications().getFirst().lastGrantedTime()).isEqualTo("2026-03-01T12:16:00Z");
    }

    @Test
    void freshEvidenceDoesNotCoverWhatTheCatalogAddedSince() {
        story.check(granted(START));
        story.wants(Samples.resolve(
                Samples.ONBOARDING,
                Map.of(
                        "heedify",
                        Samples.catalog(
                                Samples.CATALOG.replace("[User.Read.All, openid]", "[User.Read.All, Mail.Send]")))));
        story.check(failed(START.plusSeconds(60), Reason.GraphUnavailable));
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.Unknown);
        assertThat(story.status()
                        .application("heedify", "console")
                        .orElseThrow()
                        .state())
                .isEqualTo(ApplicationState.NotVerified);
        assertThat(story.status()
                        .application("heedify", "presence")
                        .orElseThrow()
                        .state())
                .isEqualTo(ApplicationState.Granted);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aVerifierThatCannotReadNeverMakesAnythingRevokedOrMissing(Reason reason) {
        story.check(granted(START));
        for (int seconds = 60; seconds < 3600; seconds += 60) {
            story.check(failed(START.plusSeconds(seconds), reason));
            assertThat(story.condition(ConditionType.CONSENT_GRANTED).status()).isNotEqualTo(Status.False);
            assertThat(story.status().applications())
                    .allMatch(it -> it.missing().isEmpty());
        }
        assertThat(story.condition(ConditionType.READY).status()).isNotEqualTo(Status.True);
        assertThat(story.condition(ConditionType.VERIFIER_AUTHORIZED).reason()).isEqualTo(reason.name());
        assertThat(story.status().nextAction()).isNotBlank();
    }

    @Test
    void aLostVerifierConsentIsSaidAtOnceWithItsLink() {
        story.check(granted(START));
        var status = story.check(TenantObservation.failed(START.plusSeconds(300), NOT_CONSENTED));
        assertCondition(ConditionType.READY, Status.False, "VerifierConsentRequired");
        assertThat(status.nextAction())
                .contains("client_id=" + Samples.VERIFIER)
                .contains("the verifier of the catalog heedify. It needs some minutes.");
        assertThat(story.condition(ConditionType.READY).message())
                .isEqualTo("Catalog heedify: It is not there. " + status.nextAction());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void theNextStepAfterAFailureIsSaidOnceInEachMessage(Reason reason) {
        var status =
                story.check(TenantObservation.failed(START, Failure.of(reason, "It failed.", "Mend what failed.")));
        assertThat(status.nextAction()).isEqualTo("Catalog heedify: Mend what failed.");
        assertThat(messages(status))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it)
                        .contains("It failed")
                        .endsWith(" Mend what failed.")
                        .doesNotContain("..")
                        .containsOnlyOnce("Mend what failed"));
    }

    @Test
    void aConsentToTheVerifierIsAskedForOnceInEachMessage() {
        var status = story.check(TenantObservation.failed(START, NOT_CONSENTED));
        assertThat(messages(status))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it)
                        .containsOnlyOnce("consent to the verifier")
                        .endsWith("It needs some minutes."));
    }

    /** What is said of a tenant that could not be read at all. */
    private static List<String> messages(TenantOnboardingStatus status) {
        return Stream.concat(
                        status.conditions().stream()
                                .filter(it -> !it.type().equals(ConditionType.NETWORK_REACHABLE))
                                .map(Condition::message),
                        status.applications().stream().map(ApplicationStatus::message))
                .toList();
    }

    @Test
    void anUnknownCatalogIsReconcilingFirstAndStalledLaterAndHealsByItself() {
        var unknown = Samples.resolve(Samples.ONBOARDING, Map.of());
        story.wants(unknown);
        story.check(granted(START));
        assertThat(story.condition(ConditionType.RECONCILING).reason()).isEqualTo("UnknownCatalog");
        assertThat(story.has(ConditionType.STALLED)).isFalse();
        story.check(granted(START.plusSeconds(119)));
        assertThat(story.has(ConditionType.STALLED)).isFalse();
        story.check(granted(START.plusSeconds(120)));
        assertCondition(ConditionType.STALLED, Status.True, "UnknownCatalog");
        assertCondition(ConditionType.READY, Status.False, "UnknownCatalog");
        assertThat(story.has(ConditionType.RECONCILING)).isFalse();
        story.wants(Samples.desired());
        story.check(granted(START.plusSeconds(180)));
        assertThat(story.has(ConditionType.STALLED)).isFalse();
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
    }

    @Test
    void aStalledLicenceDoesNotHideWhatTheOthersHave() {
        story.wants(Samples.resolve(
                Samples.ONBOARDING + "  - {catalog: outreach, plans: [graph]}\n",
                Map.of("heedify", Samples.catalog(Samples.CATALOG))));
        story.check(granted(START));
        var status = story.check(granted(START.plusSeconds(300)));
        assertThat(status.granted()).isEqualTo("2/2");
        assertThat(status.applications()).allMatch(it -> it.state() == ApplicationState.Granted);
        assertCondition(ConditionType.READY, Status.False, "UnknownCatalog");
        assertThat(story.condition(ConditionType.CONSENT_GRANTED).status()).isEqualTo(Status.Unknown);
    }

    @Test
    void suspensionProvesNothing() {
        story.check(granted(START));
        story.suspended(true);
        var status = story.check(failed(START.plusSeconds(10), Reason.GraphUnavailable));
        assertCondition(ConditionType.READY, Status.Unknown, "Suspended");
        assertCondition(ConditionType.RECONCILING, Status.True, "Suspended");
        assertCondition(ConditionType.CONSENT_GRANTED, Status.Unknown, "Suspended");
        assertThat(status.applications()).noneMatch(it -> it.state() == ApplicationState.Granted);
        story.suspended(false);
        story.check(granted(START.plusSeconds(20)));
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
        assertThat(story.has(ConditionType.RECONCILING)).isFalse();
    }

    @Test
    void aSuspendedOnboardingShowsWhatWasLastKnownAndThatItIsNotVerified() {
        story.check(granted(START));
        story.suspended(true);
        var status = story.check(failed(START.plusSeconds(10), Reason.GraphUnavailable));
        assertThat(status.granted()).isEqualTo("2/2 unverified");
        assertThat(story.condition(ConditionType.READY).message())
                .isEqualTo("Verification is suspended, so nothing is proven. Last known, as of 2026-03-01T12:00:00Z: 2"
                        + " of 2 consents were granted. Set spec.suspend to false to go on.");
        assertThat(story.check(failed(START.plusSeconds(40_000), Reason.GraphUnavailable)))
                .isEqualTo(status);
    }

    @Test
    void whatWasNotGrantedBeforeASuspensionIsNotCountedThen() {
        story.check(granted(START));
        story.check(TenantFixture.withoutConsole(START.plusSeconds(300)));
        assertThat(story.check(TenantFixture.withoutConsole(START.plusSeconds(400)))
                        .granted())
                .isEqualTo("1/2");
        story.suspended(true);
        assertThat(story.check(failed(START.plusSeconds(500), Reason.GraphUnavailable))
                        .granted())
                .isEqualTo("1/2 unverified");
    }

    @Test
    void ofAnOnboardingThatWasNeverReadNothingIsKnown() {
        story.suspended(true);
        assertThat(story.check(failed(START, Reason.GraphUnavailable)).granted())
                .isEqualTo("0/2");
        assertThat(story.condition(ConditionType.READY).message()).doesNotContain("Last known");
    }

    @Test
    void permissionsBesideAnActionAreVerifiedAndTheActionIsToldOnceTheyAreGranted() {
        var catalog = Samples.CATALOG.replace(
                "action: {type: PublishTeamsApp, teamsAppId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d3333}",
                """
                action: {type: PublishTeamsApp, teamsAppId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d3333}
                    clientId: %s
                    permissions: [{resource: MicrosoftGraph, delegated: [User.Read]}]\
                """.formatted(TEAMS_APP));
        story.wants(Samples.resolve(
                Samples.ONBOARDING.replace("plans: [common, extend]", "applications: [teams-app]"),
                Map.of("heedify", Samples.catalog(catalog))));
        var status = story.check(TenantFixture.of(START).observation());
        assertCondition(ConditionType.READY, Status.False, "ConsentRequired");
        assertThat(status.nextAction()).contains("client_id=" + TEAMS_APP);

        status = story.check(TenantFixture.of(START.plusSeconds(60))
                .application(TEAMS_APP)
                .grant("graph", "User.Read")
                .observation());
        assertThat(status.granted()).isEqualTo("1/1");
        assertThat(status.applications().getFirst().message())
                .isEqualTo(
                        "Whether its Teams app 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d3333 is published shows nowhere in the"
                                + " directory, and counts neither for nor against: a Teams Administrator or Global Administrator"
                                + " publishes it at https://admin.teams.microsoft.com/policies/manage-apps.");
    }

    @Test
    void anUnreachableEndpointHoldsBackReadyAndOneThatCannotBeProbedDoesNot() {
        story.unreachable(
                        ProbeResult.Stage.ProxyTunnel,
                        ProbeResult.Reason.ProxyForbidden,
                        "the proxy answered 403",
                        "Allow CONNECT to hub.example.com:443 on the proxy")
                .check(granted(START));
        assertCondition(ConditionType.READY, Status.False, "ProxyForbidden");
        assertThat(story.status().nextAction())
                .endsWith(
                        "(since 2026-03-01T12:00:00Z): tried wss://hub.example.com/client from 10.1.2.3 through the proxy"
                                + " http://proxy.example.com:3128: the proxy answered 403, after 2s. Allow CONNECT to"
                                + " hub.example.com:443 on the proxy.");
        assertThat(story.status().endpoints())
                .extracting(EndpointStatus::state)
                .containsExactly("NotProbed", "ProxyForbidden");
        story.reachable().check(granted(START.plusSeconds(60)));
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
    }

    @Test
    void anAddressThatMayNotBeDialledProvesNothingAboutTheNetwork() {
        story.unreachable(
                ProbeResult.Stage.Address, ProbeResult.Reason.AddressNotAllowed, "nothing was dialled", "Ask");
        story.check(granted(START));
        assertCondition(ConditionType.NETWORK_REACHABLE, Status.Unknown, "AddressNotAllowed");
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.Unknown);
    }

    @Test
    void aTransitionTimeMovesWhenTheStatusDoesAndNotWithTheReason() {
        story.check(TenantFixture.of(START).observation());
        story.check(TenantFixture.of(START.plusSeconds(60))
                .application(Samples.CONSOLE)
                .userGrant("graph", "User.Read.All")
                .observation());
        assertCondition(ConditionType.CONSENT_GRANTED, Status.False, "UserConsentOnly");
        assertThat(story.condition(ConditionType.CONSENT_GRANTED).lastTransitionTime())
                .isEqualTo("2026-03-01T12:00:00Z");
        story.check(granted(START.plusSeconds(120)));
        assertThat(story.condition(ConditionType.CONSENT_GRANTED).lastTransitionTime())
                .isEqualTo("2026-03-01T12:02:00Z");
    }

    @Test
    void aRequestedCheckIsEchoed() {
        story.requested("monday").check(granted(START));
        assertThat(story.status().lastHandledReconcileAt()).isEqualTo("monday");
        var again = story.requested("tuesday").check(granted(START.plusSeconds(1)));
        assertThat(again.lastHandledReconcileAt()).isEqualTo("tuesday");
    }

    @Test
    void messagesStayShortAndKeepTheNextStep() {
        story.unreachable(
                        ProbeResult.Stage.Tls, ProbeResult.Reason.TlsFailed, "x".repeat(5000), "Renew the certificate")
                .check(granted(START));
        assertThat(story.condition(ConditionType.NETWORK_REACHABLE).message())
                .hasSizeLessThanOrEqualTo(1024)
                .endsWith("Renew the certificate.");
    }

    @Test
    void anEntryIsRewrittenOnTransitionsOnlySinceTimesDifferWithEachProbe() {
        story.unreachable(ProbeResult.Stage.Tls, ProbeResult.Reason.TlsTimedOut, "no handshake", "Allow TLS");
        var first = story.check(granted(START)).endpoints();
        story.network(new ProbeResult.Unreachable(
                new ProbeTrace(
                        "wss://hub.example.com/client",
                        Optional.of("10.1.2.99"),
                        Optional.of("http://proxy.example.com:3128"),
                        List.of(new ProbeTrace.StageTime(ProbeResult.Stage.Tls, Duration.ofSeconds(9)))),
                ProbeResult.Stage.Tls,
                ProbeResult.Reason.TlsTimedOut,
                "no handshake",
                "Allow TLS"));
        assertThat(story.check(granted(START.plusSeconds(60))).endpoints()).isEqualTo(first);
        assertThat(first.getLast().message()).isEqualTo("no handshake, after 2s");
        assertThat(first.getLast().stages()).containsExactly("Tls 2s");
        story.unreachable(ProbeResult.Stage.Tls, ProbeResult.Reason.TlsFailed, "it broke", "Allow TLS");
        assertThat(story.check(granted(START.plusSeconds(120)))
                        .endpoints()
                        .getLast()
                        .since())
                .isEqualTo("2026-03-01T12:02:00Z");
    }

    @Test
    void aWebSocketThatWasNotSeenToWorkHoldsNothingBackAndIsNoProofEither() {
        story.network(new ProbeResult.NotProven(
                Story.trace(ProbeResult.Stage.WebSocketUpgrade),
                "the endpoint answered with HTTP 401",
                "Name another"));
        story.check(granted(START));
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
        assertThat(story.condition(ConditionType.NETWORK_REACHABLE).status()).isEqualTo(Status.Unknown);
    }

    private void assertCondition(String type, Status status, String reason) {
        assertThat(story.condition(type))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(status, reason);
    }

    static TenantObservation granted(Instant now) {
        return TenantFixture.of(now)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls")
                .observation();
    }

    static TenantObservation failed(Instant now, Reason reason) {
        return TenantObservation.failed(
                now, Failure.of(reason, "It failed.", "Wait.").withRetryAfter(Optional.of(Duration.ofSeconds(5))));
    }

    @Test
    void anEndpointThatCannotBeDialledLeavesTheOthersProbed() {
        var catalog = Samples.catalog(
                Samples.CATALOG.replace("url: \"wss://*.signalr.net\"", "url: \"https://api.example.com/{tenant}\""));
        story.wants(Samples.resolve(Samples.ONBOARDING, Map.of("heedify", catalog)));
        story.check(granted(START));
        assertThat(story.status().endpoints())
                .extracting(EndpointStatus::name, EndpointStatus::state)
                .containsExactly(tuple("heedify/signalr", "InvalidUrl"), tuple("heedify/portal", "Reachable"));
        assertThat(story.condition(ConditionType.NETWORK_REACHABLE))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.Unknown, "InvalidUrl");
        assertThat(story.status().nextAction())
                .contains("https://api.example.com/{tenant}", "Correct spec.endpoints of the catalog");
    }
}
