package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** APIs that something is granted on although nobody asked for them get a name, and harm nothing where they do not. */
class OtherResourcesTest {

    private static final String API = "cccccccc-0000-4000-8000-000000000001";

    static final List<Effect> UNREADABLE = Laboratory.UNREADABLE;

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    private List<String> two;

    @BeforeEach
    void start() {
        two = laboratory.install(TENANT, 2);
        laboratory.read(TENANT, two);
        define(API);
        laboratory.simulator.requests().reset();
    }

    @Test
    void onlyTheAppRolesThatAreGrantedAreNamed() {
        grant(two.getFirst(), API, PermissionType.Application, "Things.Read");
        assertThat(others().values()).singleElement().satisfies(it -> {
            assertThat(it.appId()).isEqualTo(API);
            assertThat(it.appRoles().values()).containsExactly("Things.Read");
        });
    }

    @Test
    void anAppRoleThatIsGrantedLaterIsNamedToo() {
        grant(two.getFirst(), API, PermissionType.Delegated, "Things.Read");
        assertThat(others().values()).singleElement().isEqualTo(new OtherResource(API, Map.of()));
        grant(two.getFirst(), API, PermissionType.Application, "Things.Read");
        assertThat(others().values())
                .singleElement()
                .satisfies(it -> assertThat(it.appRoles().values()).containsExactly("Things.Read"));
        grant(two.getLast(), API, PermissionType.Application, "Things.Write");
        assertThat(others().values())
                .singleElement()
                .satisfies(it ->
                        assertThat(it.appRoles().values()).containsExactlyInAnyOrder("Things.Read", "Things.Write"));
    }

    @Test
    void theApplicationsOfTwoCatalogsDoNotTakeTurnsInBeingNamed() {
        grant(two.getFirst(), API, PermissionType.Application, "Things.Read");
        grant(two.getLast(), API, PermissionType.Application, "Things.Write");
        laboratory.read(TENANT, two.subList(0, 1));
        laboratory.read(TENANT, two.subList(1, 2));
        laboratory.simulator.requests().reset();
        assertThat(laboratory.read(TENANT, two.subList(0, 1)).otherResources().values())
                .singleElement()
                .satisfies(it -> assertThat(it.appRoles()).containsValue("Things.Read"));
        assertThat(laboratory.read(TENANT, two.subList(1, 2)).otherResources().values())
                .singleElement()
                .satisfies(it -> assertThat(it.appRoles()).containsValue("Things.Write"));
        assertThat(batches()).isEqualTo(2);
    }

    @Test
    void whatCarriesNoPermissionIsNotLookedUp() {
        laboratory.tenants.assignWithoutRole(TENANT, two.getFirst(), API);
        laboratory.tenants.consentAsUser(TENANT, two.getFirst(), "a user", API, "Things.Read");
        assertThat(others()).isEmpty();
        assertThat(batches()).isEqualTo(1);
    }

    @Test
    void namesAreForgottenAfterTheirTime() {
        grant(two.getFirst(), API, PermissionType.Delegated, "Things.Read");
        others();
        others();
        assertThat(batches()).isEqualTo(3);
        clock.advance(Duration.ofHours(6));
        laboratory.simulator.requests().reset();
        assertThat(others()).hasSize(1);
        assertThat(batches()).isEqualTo(2);
    }

    @Test
    void oneTenantsNamesAreNotAnothers() {
        grant(two.getFirst(), API, PermissionType.Delegated, "Things.Read");
        others();
        laboratory.install(OTHER_TENANT, 1);
        laboratory.tenants.provisionResource(OTHER_TENANT, API);
        laboratory.tenants.grant(OTHER_TENANT, two.getFirst(), API, PermissionType.Delegated, "Things.Read");
        laboratory.read(OTHER_TENANT, List.of());
        laboratory.simulator.requests().reset();
        TenantObservation seen = laboratory.read(OTHER_TENANT, two.subList(0, 1));
        assertThat(seen.otherResources())
                .hasSize(1)
                .doesNotContainKeys(others().keySet().toArray(String[]::new));
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH, OTHER_TENANT))
                .as("the look-up, the grants, the name")
                .isEqualTo(3);
    }

    @Test
    void oneCheckSpendsOneBatchOnNamesAndTheNextGoesOn() {
        for (int number = 2; number <= 22; number++) {
            String api = "cccccccc-0000-4000-8000-%012d".formatted(number);
            define(api);
            grant(two.getFirst(), api, PermissionType.Delegated, "Things.Read");
        }
        assertThat(others()).hasSize(20);
        assertThat(batches()).isEqualTo(2);
        assertThat(others()).hasSize(21);
        assertThat(batches()).isEqualTo(4);
    }

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void anApiThatCannotBeLookedUpHasNoNameAndNothingElseFails(Effect effect) {
        grant(two.getFirst(), API, PermissionType.Application, "Things.Read");
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect).onPath("/servicePrincipals/" + objectId()));
        TenantObservation seen = laboratory.read(TENANT, two);
        assertThat(seen.otherResources()).isEmpty();
        assertNothingFailed(seen);
        laboratory.read(TENANT, two);
        assertThat(laboratory.simulator.requests().count(RequestKind.TOKEN))
                .as("tokens after the first")
                .isZero();
        laboratory.tenants.heal();
        assertThat(others()).hasSize(1);
    }

    @Test
    void anApiKeepsItsNameWhileARoleThatWasGrantedLaterHasNone() {
        grant(two.getFirst(), API, PermissionType.Delegated, "Things.Read");
        Map<String, OtherResource> named = others();
        grant(two.getFirst(), API, PermissionType.Application, "Things.Read");
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH_ITEM, Effect.status(500)).onPath("/servicePrincipals/" + objectId()));
        assertThat(others()).isEqualTo(named);
    }

    @Test
    void norDoesItMatterWhenTheirBatchIsLost() {
        grant(two.getFirst(), API, PermissionType.Application, "Things.Read");
        // Takes the first batch, so that the next fault is left to the second.
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH, Effect.slow(Duration.ZERO)).times(1));
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(401)));
        TenantObservation seen = laboratory.read(TENANT, two);
        assertThat(seen.otherResources()).isEmpty();
        assertNothingFailed(seen);
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH, 401))
                .isEqualTo(1);
    }

    private static void assertNothingFailed(TenantObservation seen) {
        assertThat(seen.resources().ifComplete()).isPresent();
        assertThat(seen.applications().ifComplete().orElseThrow().values())
                .hasSize(2)
                .allSatisfy(it -> {
                    assertThat(it.appRoleAssignments().ifComplete()).isPresent();
                    assertThat(it.delegatedGrants().ifComplete()).isPresent();
                });
    }

    private void define(String api) {
        laboratory.tenants.defineResource(
                api, "An API", List.of("Things.Read", "Things.Write", "Things.Own"), List.of("Things.Read"));
        laboratory.tenants.provisionResource(TENANT, api);
    }

    private void grant(String clientId, String api, PermissionType type, String value) {
        laboratory.tenants.grant(TENANT, clientId, api, type, value);
    }

    /** The API's, by a reading that asks for it. */
    private String objectId() {
        return laboratory
                .directory
                .read(new TenantQuery(laboratory.cloud(), TENANT, laboratory.verifier(), List.of(), Set.of(API), false))
                .resources()
                .ifComplete()
                .orElseThrow()
                .get(API)
                .id();
    }

    private Map<String, OtherResource> others() {
        return laboratory.read(TENANT, two).otherResources();
    }

    private long batches() {
        return laboratory.simulator.requests().count(RequestKind.BATCH);
    }
}
