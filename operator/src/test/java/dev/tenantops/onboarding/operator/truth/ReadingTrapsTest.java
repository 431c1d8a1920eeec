package dev.tenantops.onboarding.operator.truth;

import static dev.tenantops.onboarding.operator.truth.TrapTenant.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.truth.NaiveVerifier.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything is granted, and Microsoft Graph does not say so, or not at once. */
class ReadingTrapsTest {

    @RegisterExtension
    static final TrapCloud CLOUD = new TrapCloud();

    private static final String ASSIGNMENTS = "*/appRoleAssignments";
    private static final Answer ALL_MISSING = Answer.missing("User.Read.All", "Group.Read.All");

    private final TrapTenant tenant = CLOUD.newTenant();

    @BeforeEach
    void everythingIsGranted() {
        tenant.needs(role("User.Read.All"), role("Group.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void theFirstPageIsNotAll() {
        CLOUD.directory().behaviour().pageSize(1);
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.verifier()).isEqualTo("True Authorized");
        assertHalfIsMissing(tenant.naively());
    }

    @Test
    void anEmptyPageIsNotTheEnd() {
        var once = Fault.on(RequestKind.GRAPH, new Effect.EmptyPage())
                .inTenant(tenant.id())
                .onPath(ASSIGNMENTS)
                .times(1);
        CLOUD.directory().fail(once);
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.verifier()).isEqualTo("True Authorized");
        CLOUD.directory().fail(once);
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
    }

    @Test
    void aThrottledAnswerIsNoEmptyList() {
        tenant.fails(RequestKind.GRAPH, ASSIGNMENTS, Effect.throttled(Duration.ofSeconds(42)));
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
        assertUnknownOnceItIsOld("Throttled", "HTTP 429");
    }

    @Test
    void aMissingItemOfABatchIsNoEmptyList() {
        tenant.fails(RequestKind.BATCH_ITEM, ASSIGNMENTS, new Effect.MissingItem());
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
        assertUnknownOnceItIsOld("GraphUnavailable", "app role assignments");
    }

    @Test
    void anAnswerWithoutABodyIsNoEmptyList() {
        tenant.fails(RequestKind.GRAPH, ASSIGNMENTS, new Effect.EmptyBody(200));
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
        assertUnknownOnceItIsOld("GraphUnavailable", "app role assignments");
    }

    @Test
    void anObjectWithoutMembersIsNoEmptyList() {
        tenant.fails(RequestKind.GRAPH, ASSIGNMENTS, new Effect.EmptyObject());
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
        assertUnknownOnceItIsOld("GraphUnavailable", "app role assignments");
    }

    @Test
    void thePageOfAGatewayIsNoEmptyList() {
        tenant.fails(RequestKind.BATCH, null, new Effect.Html(200));
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
        assertUnknownOnceItIsOld("GraphUnavailable", "not JSON");
    }

    @Test
    void aTruncatedAnswerIsNoShorterOne() {
        tenant.fails(RequestKind.BATCH, null, new Effect.Truncated());
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
        assertUnknownOnceItIsOld("GraphUnavailable", "Microsoft Graph");
    }

    @Test
    void aHugeAnswerIsNotReadToItsEnd() {
        var size = 2 * VirtualPipeline.MOST_BYTES;
        tenant.fails(RequestKind.BATCH, null, new Effect.Padded(size));
        var naive = tenant.naive();
        naive.application(tenant.filter(), tenant.names());
        assertThat(naive.longestAnswer()).as("kept in memory").isGreaterThan(size);
        assertUnknownOnceItIsOld("GraphUnavailable", "bytes");
    }

    @Test
    void theNextPageOfAnotherHostIsNotAskedFor() {
        CLOUD.directory().behaviour().pageSize(1);
        tenant.fails(RequestKind.GRAPH, ASSIGNMENTS, new Effect.ForeignNextLink("https://attacker.example"));
        assertHalfIsMissing(tenant.naively());
        assertUnknownOnceItIsOld("GraphUnavailable", "another host");
    }

    private static void assertHalfIsMissing(Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Missing.class, it -> assertThat(it.permissions()).hasSize(1));
    }

    private void assertUnknownOnceItIsOld(String reason, String message) {
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.ready()).isEqualTo("True Onboarded");
        assertThat(tenant.verifier()).isEqualTo("Unknown " + reason);
        assertThat(tenant.message(ConditionType.VERIFIER_AUTHORIZED)).contains(message);
        assertThat(tenant.after(VirtualOperator.FRESHNESS.minusMinutes(1))).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.after(VirtualOperator.INTERVAL.multipliedBy(2))).isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.ready()).isEqualTo("Unknown " + reason);
        assertThat(tenant.application().missing()).isEmpty();
        CLOUD.directory().heal();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.ready()).isEqualTo("True Onboarded");
    }

    @Test
    void toBeAskedToWaitLongDoesNotKeepOldEvidenceGreen() {
        tenant.fails(RequestKind.BATCH, null, Effect.throttled(Duration.ofHours(1)));
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.after(VirtualOperator.FRESHNESS.plus(VirtualOperator.INTERVAL.multipliedBy(2))))
                .isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.ready()).isEqualTo("Unknown Throttled");
        assertThat(tenant.naively()).isEqualTo(ALL_MISSING);
    }
}
