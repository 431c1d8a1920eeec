package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is granted beyond need is named for people, and counts for nothing. */
class SurplusGrantsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String EXCHANGE = WellKnownResource.ExchangeOnline.appId();
    private static final String OTHER_API = "cccccccc-0000-4000-8000-000000000001";

    private final ApplicationJudge judge =
            new ApplicationJudge(new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    private final DesiredApplication console = Samples.desired().applications().getLast();

    @Test
    void aWellKnownApiThatNobodyAskedForIsCalledByItsName() {
        var verdict = judge(granted()
                .grant("exchange", "EWS.AccessAsUser.All")
                .role("exchange", "full_access_as_app")
                .other("exchange", EXCHANGE, "full_access_as_app"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
        assertThat(verdict.surplus())
                .containsExactly(
                        new Permission("ExchangeOnline", PermissionType.Delegated, "EWS.AccessAsUser.All"),
                        new Permission("ExchangeOnline", PermissionType.Application, "full_access_as_app"));
    }

    @Test
    void anyOtherApiIsCalledByItsAppId() {
        var verdict = judge(granted().grant("things", "Things.Read").other("things", OTHER_API));
        assertThat(verdict.surplus())
                .containsExactly(new Permission(OTHER_API, PermissionType.Delegated, "Things.Read"));
    }

    @Test
    void whatCouldNotBeLookedUpKeepsItsIds() {
        var verdict = judge(granted()
                .role("things", "Things.Read")
                .role("unknown", "Things.Write")
                .other("things", OTHER_API));
        assertThat(verdict.surplus())
                .containsExactlyInAnyOrder(
                        new Permission(OTHER_API, PermissionType.Application, "role-things.read"),
                        new Permission("unknown", PermissionType.Application, "role-things.write"));
    }

    @Test
    void aRoleOfAnApiWhoseDefinitionsCouldNotBeReadIsLeftOut() {
        var behind = Failure.of(Failure.Reason.ReplicaBehind, "not on every replica", "Wait.");
        var presence = Samples.desired().applications().getFirst();
        var verdict = (Proven) judge.judge(
                presence,
                TenantFixture.of(NOW)
                        .application(Samples.PRESENCE)
                        .role("graph", "Presence.Read.All")
                        .role("acs", "Calls.Read")
                        .grant("acs", "Teams.ManageCalls")
                        .definitionsUnread("acs", behind)
                        .observation(),
                Memory.NONE);
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
        assertThat(verdict.surplus())
                .containsExactly(
                        new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls"));
    }

    @Test
    void openidScopesAreNoSurplusOnMicrosoftGraphThatNobodyAskedForEither() {
        var verdict = judge(granted()
                .grant("another graph", "openid offline_access Mail.Send")
                .other("another graph", WellKnownResource.MicrosoftGraph.appId()));
        assertThat(verdict.surplus())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "Mail.Send"));
    }

    @Test
    void aGrantOnAnotherResourceNeverCountsWhateverTheResourceIsCalled() {
        var graph = WellKnownResource.MicrosoftGraph.appId();
        var verdict = judge(TenantFixture.of(NOW)
                .application(Samples.CONSOLE)
                .grant("impostor", "User.Read.All Directory.Read.All")
                .grant("acs", "Teams.ManageCalls")
                .other("impostor", graph));
        assertThat(verdict.state()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(verdict.missing())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All"));
        assertThat(verdict.granted())
                .containsExactly(
                        new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls"));
    }

    @Test
    void norDoesAnAppRoleOfTheRightIdOnIt() {
        var presence = Samples.desired().applications().getFirst();
        var verdict = (Proven) judge.judge(
                presence,
                TenantFixture.of(NOW)
                        .application(Samples.PRESENCE)
                        .role("impostor", "Presence.Read.All")
                        .other("impostor", WellKnownResource.MicrosoftGraph.appId(), "Presence.Read.All")
                        .observation(),
                Memory.NONE);
        assertThat(verdict.state()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(verdict.granted()).isEmpty();
    }

    @Test
    void norDoesItStandForAnApiThatTheTenantLacks() {
        var verdict = judge(
                granted().withoutResource("acs").other("acs", WellKnownResource.AzureCommunicationServices.appId()));
        assertThat(verdict.state()).isEqualTo(ApplicationState.ResourceServicePrincipalMissing);
    }

    private static TenantFixture granted() {
        return TenantFixture.of(NOW)
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls");
    }

    private Proven judge(TenantFixture tenant) {
        return (Proven) judge.judge(console, tenant.observation(), Memory.NONE);
    }
}
