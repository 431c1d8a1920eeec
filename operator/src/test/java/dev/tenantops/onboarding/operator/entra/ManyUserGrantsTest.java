package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many users consented for themselves, what was granted to the organization is read to its end. */
class ManyUserGrantsTest {

    private static final int PAGE = 10;

    @AutoClose
    private Laboratory laboratory;

    private String application;

    @BeforeEach
    void start() {
        laboratory = new Laboratory();
        application = laboratory.install(TENANT, 1).getFirst();
        laboratory.tenants.behaviour().pageSize(PAGE);
        read();
    }

    @Test
    void moreUsersThanAllPagesHoldTakeTwoRequests() {
        consentOfUsers(101 * PAGE);
        laboratory.simulator.requests().reset();
        assertThat(tenantWide(read())).containsExactly("User.Read");
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(2);
        assertThat(laboratory.simulator.requests().count(RequestKind.GRAPH)).isZero();
    }

    @Test
    void aTenantWideGrantThatIsGoneIsNotTakenForThereBecauseOfUsers() {
        consentOfUsers(5 * PAGE);
        laboratory.tenants.revoke(TENANT, application, GRAPH, PermissionType.Delegated, "User.Read");
        var grants = read();
        assertThat(tenantWide(grants)).isEmpty();
        assertThat(grants.ifComplete().orElseThrow())
                .as("those of users that tell that there is such a thing")
                .isNotEmpty();
    }

    @Test
    void fewUsersCostNoRequestMore() {
        consentOfUsers(PAGE - 1);
        laboratory.simulator.requests().reset();
        assertThat(read().ifComplete().orElseThrow()).hasSize(PAGE);
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(1);
    }

    @Test
    void aCloudThatDoesNotTakeTheFilterHasAllPagesRead() {
        consentOfUsers(5 * PAGE);
        failSecondRead(new Effect.Status(400, null, "Request_UnsupportedQuery"));
        var grants = read();
        assertThat(tenantWide(grants)).containsExactly("User.Read");
        assertThat(grants.ifComplete().orElseThrow()).hasSize(5 * PAGE + 1);
    }

    @Test
    void whatCannotBeReadForNowIsNotReadInAnotherWay() {
        consentOfUsers(5 * PAGE);
        failSecondRead(Effect.throttled(Duration.ofSeconds(7)));
        laboratory.simulator.requests().reset();
        assertThat(read().ifFailed()).map(Failure::reason).contains(Failure.Reason.Throttled);
        assertThat(laboratory.simulator.requests().count(RequestKind.GRAPH)).isZero();
    }

    /** The first read is served, so that the next fault is left to the one with the filter. */
    private void failSecondRead(Effect effect) {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.slow(Duration.ZERO))
                .onPath("/oauth2PermissionGrants")
                .times(1));
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect)
                .onPath("/oauth2PermissionGrants")
                .times(1));
    }

    private void consentOfUsers(int users) {
        for (int user = 0; user < users; user++) {
            laboratory.tenants.consentAsUser(TENANT, application, "user " + user, GRAPH, "Mail.Send");
        }
    }

    private Reading<List<DelegatedPermissionGrant>> read() {
        return laboratory
                .read(TENANT, List.of(application))
                .applications()
                .ifComplete()
                .orElseThrow()
                .get(application)
                .delegatedGrants();
    }

    private static List<String> tenantWide(Reading<List<DelegatedPermissionGrant>> grants) {
        return grants.ifComplete().orElseThrow().stream()
                .filter(DelegatedPermissionGrant::tenantWide)
                .flatMap(it -> it.scopes().stream())
                .toList();
    }
}
