package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a check costs, and when it has to cost more. */
class SteadyStateTest {

    private static final Condition<ApplicationObservation> HAS_BOTH_GRANTS = new Condition<>(
            it -> it.appRoleAssignments()
                            .ifComplete()
                            .filter(all -> all.size() == 1)
                            .isPresent()
                    && it.delegatedGrants()
                            .ifComplete()
                            .filter(all -> all.size() == 1)
                            .isPresent(),
            "has its app role and its delegated grant");

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    @Test
    void aSteadyCheckOfSixApplicationsIsOneRequest() {
        List<String> six = laboratory.install(TENANT, 6);
        laboratory.read(TENANT, six);
        laboratory.simulator.requests().reset();
        TenantObservation seen = laboratory.read(TENANT, six);
        assertThat(seen.applications().ifComplete().orElseThrow().values())
                .hasSize(6)
                .are(HAS_BOTH_GRANTS);
        assertThat(laboratory.simulator.requests().counters())
                .containsEntry("BATCH 200", 1L)
                .containsEntry("BATCH_ITEM 200", 13L)
                .hasSize(2);
    }

    @Test
    void aSurplusOnAnotherApiCostsOneMoreBatchOnce() {
        List<String> six = laboratory.install(TENANT, 6);
        String api = "cccccccc-0000-4000-8000-000000000001";
        laboratory.tenants.defineResource(api, "An API", List.of("Things.Read"), List.of("Things.Read"));
        laboratory.tenants.provisionResource(TENANT, api);
        laboratory.tenants.grant(TENANT, six.getFirst(), api, PermissionType.Application, "Things.Read");
        laboratory.tenants.grant(TENANT, six.getLast(), api, PermissionType.Delegated, "Things.Read");
        assertThat(laboratory.read(TENANT, six).otherResources()).hasSize(1);
        assertThat(count(RequestKind.BATCH)).isEqualTo(3);
        laboratory.simulator.requests().reset();
        assertThat(laboratory.read(TENANT, six).otherResources()).hasSize(1);
        assertThat(laboratory.simulator.requests().counters())
                .containsEntry("BATCH 200", 1L)
                .containsEntry("BATCH_ITEM 200", 13L)
                .hasSize(2);
    }

    @Test
    void aFirstCheckTakesATokenAndTwoBatches() {
        laboratory.read(TENANT, laboratory.install(TENANT, 6));
        assertThat(count(RequestKind.TOKEN)).isEqualTo(1);
        assertThat(count(RequestKind.BATCH)).isEqualTo(2);
        assertThat(count(RequestKind.GRAPH)).isZero();
        assertThat(count(RequestKind.DISCOVERY)).isZero();
    }

    @Test
    void manyApplicationsAreSpreadOverBatches() {
        List<String> many = laboratory.install(TENANT, 25);
        laboratory.read(TENANT, many);
        laboratory.simulator.requests().reset();
        TenantObservation seen = laboratory.read(TENANT, many);
        assertThat(seen.applications().ifComplete().orElseThrow().values())
                .hasSize(25)
                .are(HAS_BOTH_GRANTS);
        // Two look-ups of service principals, and two reads for each application.
        assertThat(count(RequestKind.BATCH_ITEM)).isEqualTo(52);
        assertThat(count(RequestKind.BATCH)).isEqualTo(3);
    }

    @Test
    void theRestIsNotSentOnceABatchIsLost() {
        List<String> many = laboratory.install(TENANT, 25);
        laboratory.read(TENANT, many);
        laboratory.simulator.requests().reset();
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(503)).times(1));
        assertThat(laboratory.read(TENANT, many).applications().ifFailed()).isPresent();
        assertThat(count(RequestKind.BATCH)).isEqualTo(1);
    }

    @Test
    void anApplicationWithANewObjectIdIsReadUnderTheNewOne() {
        List<String> two = laboratory.install(TENANT, 2);
        ServicePrincipal before = principal(laboratory.read(TENANT, two), two.getFirst());
        laboratory.tenants.purge(TENANT, two.getFirst());
        laboratory.tenants.consent(TENANT, two.getFirst());
        TenantObservation seen = laboratory.read(TENANT, two);
        assertThat(principal(seen, two.getFirst()).id()).isNotEqualTo(before.id());
        assertThat(seen.applications().ifComplete().orElseThrow().values()).are(HAS_BOTH_GRANTS);
    }

    @Test
    void allPagesAreRead() {
        laboratory.tenants.behaviour().pageSize(1);
        List<String> two = laboratory.install(TENANT, 2);
        for (String role : List.of("Group.Read.All", "Calls.Initiate.All", "Mail.Send")) {
            laboratory.tenants.grant(TENANT, two.getFirst(), GRAPH, PermissionType.Application, role);
        }
        for (String user : List.of("one", "two", "three")) {
            laboratory.tenants.consentAsUser(TENANT, two.getFirst(), user, GRAPH, "Mail.Send");
        }
        ApplicationObservation first = laboratory.applications(TENANT, two).get(two.getFirst());
        assertThat(first.appRoleAssignments().ifComplete().orElseThrow()).hasSize(4);
        assertThat(first.delegatedGrants().ifComplete().orElseThrow())
                .as("those of users need not be")
                .filteredOn(DelegatedPermissionGrant::tenantWide)
                .hasSize(1);
    }

    @Test
    void emptyPagesInBetweenAreNoEnd() {
        List<String> one = laboratory.install(TENANT, 1);
        laboratory.read(TENANT, one);
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, new Effect.EmptyPage())
                .onPath("*/appRoleAssignments")
                .times(1));
        assertThat(laboratory.applications(TENANT, one)).hasValueSatisfying(HAS_BOTH_GRANTS);
    }

    @Test
    void aTenantIsLeftAloneForAsLongAsItAsked() {
        List<String> one = laboratory.install(TENANT, 1);
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.throttled(Duration.ofSeconds(90)))
                .inTenant(TENANT)
                .times(1));
        laboratory.read(TENANT, one);
        laboratory.simulator.requests().reset();
        clock.advance(Duration.ofSeconds(60));
        assertThat(laboratory.read(TENANT, one).applications().ifFailed()).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(Failure.Reason.Throttled);
            assertThat(it.retryAfter()).contains(Duration.ofSeconds(30));
        });
        assertThat(laboratory.simulator.requests().counters()).isEmpty();
        assertThat(laboratory.read(OTHER_TENANT, List.of()).applications().ifComplete())
                .isPresent();
        clock.advance(Duration.ofSeconds(30));
        assertThat(laboratory.read(TENANT, one).applications().ifComplete()).isPresent();
    }

    @Test
    void aTokenIsUsedUntilFiveMinutesBeforeItsEnd() {
        laboratory.read(TENANT, List.of());
        clock.advance(Duration.ofMinutes(54));
        laboratory.read(TENANT, List.of());
        assertThat(count(RequestKind.TOKEN)).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        laboratory.read(TENANT, List.of());
        assertThat(count(RequestKind.TOKEN)).isEqualTo(2);
    }

    @Test
    void aTokenOfFiveMinutesIsUsedOnce() {
        laboratory.tenants.behaviour().tokenLifetime(Duration.ofSeconds(300));
        laboratory.read(TENANT, List.of());
        laboratory.read(TENANT, List.of());
        assertThat(count(RequestKind.TOKEN)).isEqualTo(2);
    }

    @Test
    void everyTenantHasItsOwnToken() {
        laboratory.read(TENANT, List.of());
        laboratory.read(OTHER_TENANT, List.of());
        assertThat(laboratory.simulator.requests().count(RequestKind.TOKEN, TENANT))
                .isEqualTo(1);
        assertThat(laboratory.simulator.requests().count(RequestKind.TOKEN, OTHER_TENANT))
                .isEqualTo(1);
    }

    @Test
    void aRotatedSecretIsUsedAtOnce() {
        laboratory.read(TENANT, List.of());
        laboratory.tenants.rotateSecret(Laboratory.VERIFIER, "the new secret");
        laboratory.use(new Credential.ClientSecret("2", "the new secret"));
        assertThat(laboratory.read(TENANT, List.of()).applications().ifComplete())
                .isPresent();
        assertThat(count(RequestKind.TOKEN)).isEqualTo(2);
    }

    @Test
    void aRefusedTokenIsReplacedWithinTheCheck() {
        laboratory.read(TENANT, List.of());
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH, new Effect.ClaimsChallenge()).times(1));
        assertThat(laboratory.read(TENANT, List.of()).applications().ifComplete())
                .isPresent();
        assertThat(count(RequestKind.TOKEN)).isEqualTo(2);
    }

    @Test
    void aNewTokenThatIsRefusedTooEndsTheCheck() {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(401)));
        assertThat(laboratory.read(TENANT, List.of()).applications().ifFailed()).isPresent();
        assertThat(count(RequestKind.BATCH)).isEqualTo(1);
    }

    @Test
    void aRoleGivenToTheVerifierIsSeenByTheNextCheck() {
        List<String> one = laboratory.install(TENANT, 1);
        laboratory.tenants.revoke(TENANT, Laboratory.VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");
        ApplicationObservation before = laboratory.applications(TENANT, one).get(one.getFirst());
        assertThat(before.delegatedGrants().ifFailed()).isPresent();
        laboratory.tenants.grant(TENANT, Laboratory.VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");
        assertThat(laboratory.applications(TENANT, one)).hasValueSatisfying(HAS_BOTH_GRANTS);
    }

    private long count(RequestKind kind) {
        return laboratory.simulator.requests().count(kind);
    }

    private static ServicePrincipal principal(TenantObservation seen, String clientId) {
        return seen.applications()
                .ifComplete()
                .orElseThrow()
                .get(clientId)
                .servicePrincipal()
                .orElseThrow();
    }
}
