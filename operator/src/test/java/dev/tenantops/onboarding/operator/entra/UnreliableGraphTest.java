package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.EXCHANGE;
import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever Microsoft Graph answers instead of the truth: it is never taken for an absence. */
class UnreliableGraphTest {

    private static final long MAX_RESPONSE_BYTES = 256 * 1024;

    static final List<Effect> WHOLE_BATCH_LOST = List.of(
            Effect.status(400),
            Effect.status(404),
            Effect.status(500),
            Effect.status(502),
            Effect.status(503, Duration.ofSeconds(9)),
            Effect.status(504),
            new Effect.Html(200),
            new Effect.Html(403),
            new Effect.Html(502),
            new Effect.EmptyBody(200),
            new Effect.EmptyBody(204),
            new Effect.EmptyBody(503),
            new Effect.EmptyObject(),
            new Effect.NoContentType(),
            new Effect.Truncated(),
            new Effect.Padded(2 * MAX_RESPONSE_BYTES),
            new Effect.Disconnect());

    static final List<Effect> ITEM_LOST = List.of(
            new Effect.MissingItem(),
            new Effect.EmptyObject(),
            new Effect.EmptyBody(200),
            new Effect.EmptyBody(204),
            new Effect.Html(502),
            Effect.status(400),
            new Effect.Status(404, null, "NotFound"),
            Effect.status(424),
            Effect.status(500),
            Effect.status(503));

    static final List<Effect> PAGE_LOST = List.of(
            Effect.status(400),
            new Effect.Status(404, null, "NotFound"),
            Effect.status(500),
            new Effect.Html(200),
            new Effect.Html(502),
            new Effect.EmptyBody(200),
            new Effect.EmptyObject(),
            new Effect.NoContentType(),
            new Effect.Truncated(),
            new Effect.Padded(2 * MAX_RESPONSE_BYTES),
            new Effect.Disconnect(),
            new Effect.ForeignNextLink("https://attacker.example"));

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock, MAX_RESPONSE_BYTES);

    private List<String> two;

    @BeforeEach
    void start() {
        two = laboratory.install(TENANT, 2);
        laboratory.read(TENANT, two);
    }

    @ParameterizedTest
    @FieldSource("WHOLE_BATCH_LOST")
    void aLostBatchLeavesEverythingUnknown(Effect effect) {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, effect));
        TenantObservation seen = laboratory.read(TENANT, two);
        assertThat(seen.applications().ifFailed()).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(Reason.GraphUnavailable);
            assertThat(it.message()).startsWith("Microsoft Graph").endsWith(".");
        });
        assertThat(seen.resources().ifFailed()).isEqualTo(seen.applications().ifFailed());
        laboratory.tenants.heal();
        clock.advance(Duration.ofSeconds(9));
        assertThat(laboratory.read(TENANT, two).applications().ifComplete()).isPresent();
    }

    @Test
    void aBatchIsNotRepeated() {
        laboratory.simulator.requests().reset();
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.status(503)));
        laboratory.read(TENANT, two);
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isEqualTo(1);
    }

    @Test
    void aThrottledBatchSaysHowLongToWait() {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, Effect.throttled(Duration.ofSeconds(42))));
        assertThat(laboratory.read(TENANT, two).applications().ifFailed()).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(Reason.Throttled);
            assertThat(it.retryAfter()).contains(Duration.ofSeconds(42));
        });
    }

    @ParameterizedTest
    @FieldSource("ITEM_LOST")
    void aLostItemLeavesOnlyItsPartUnknown(Effect effect) {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect)
                .onPath("*/appRoleAssignments")
                .times(1));
        List<ApplicationObservation> seen =
                List.copyOf(laboratory.applications(TENANT, two).values());
        assertThat(seen)
                .hasSize(2)
                .filteredOn(it -> it.appRoleAssignments().ifComplete().isPresent())
                .hasSize(1);
        assertThat(seen).allSatisfy(it -> {
            assertThat(it.delegatedGrants().ifComplete().orElseThrow()).hasSize(1);
            assertThat(it.appRoleAssignments().ifFailed().map(Failure::reason))
                    .isIn(Optional.empty(), Optional.of(Reason.GraphUnavailable));
        });
    }

    @Test
    void aThrottledItemSaysHowLongToWait() {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.throttled(Duration.ofSeconds(7)))
                .onPath("/oauth2PermissionGrants"));
        assertThat(laboratory.applications(TENANT, two).values()).allSatisfy(it -> {
            assertThat(it.appRoleAssignments().ifComplete()).isPresent();
            assertThat(it.delegatedGrants().ifFailed()).hasValueSatisfying(failure -> {
                assertThat(failure.reason()).isEqualTo(Reason.Throttled);
                assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            });
        });
    }

    @ParameterizedTest
    @FieldSource("ITEM_LOST")
    void aLostLookUpLeavesEverythingUnknown(Effect effect) {
        // The look-up is the first item of its batch, and its path is where those of all others begin.
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect)
                .onPath("/servicePrincipals")
                .times(1));
        TenantObservation seen = laboratory.read(TENANT, two);
        assertThat(seen.applications().ifFailed()).map(Failure::reason).contains(Reason.GraphUnavailable);
        assertThat(seen.resources().ifFailed()).isPresent();
    }

    @ParameterizedTest
    @FieldSource("ITEM_LOST")
    void lostDefinitionsLeaveOnlyThatUnknown(Effect effect) {
        clock.advance(Duration.ofMinutes(1));
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect).onPath("/servicePrincipals(appId='" + GRAPH));
        TenantObservation seen = laboratory.read(TENANT, two, true);
        assertThat(seen.applications().ifComplete()).isPresent();
        assertThat(seen.definitionsUnreadable()).extracting(Failure::reason).containsExactly(Reason.GraphUnavailable);
        Map<String, ResourceServicePrincipal> apis =
                seen.resources().ifComplete().orElseThrow();
        assertThat(apis.get(GRAPH).definitions().ifFailed()).isPresent();
        assertThat(apis.get(EXCHANGE).definitions().ifComplete()).isPresent();
    }

    @Test
    void aTenantWhoseDefinitionsAreThrottledIsLeftAlone() {
        clock.advance(Duration.ofMinutes(1));
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.throttled(Duration.ofSeconds(7)))
                .onPath("/servicePrincipals(appId='" + GRAPH));
        laboratory.read(TENANT, two, true);
        laboratory.tenants.heal();
        laboratory.simulator.requests().reset();
        assertThat(laboratory.read(TENANT, two).applications().ifFailed())
                .map(Failure::reason)
                .contains(Reason.Throttled);
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isZero();
    }

    @ParameterizedTest
    @FieldSource("PAGE_LOST")
    void aLostPageWithholdsThePagesBefore(Effect effect) {
        laboratory.tenants.behaviour().pageSize(4);
        for (String role : List.of("Group.Read.All", "Calls.Initiate.All", "Mail.Send", "Chat.Read.All")) {
            laboratory.tenants.grant(TENANT, two.getFirst(), GRAPH, PermissionType.Application, role);
        }
        // Takes the first pages, which are items of the batch, so that the next fault is left to the second.
        laboratory.tenants.fail(
                Fault.on(RequestKind.BATCH_ITEM, Effect.slow(Duration.ZERO)).onPath("*/appRoleAssignments"));
        laboratory.tenants.fail(Fault.on(RequestKind.GRAPH, effect).onPath("*/appRoleAssignments"));
        ApplicationObservation first = laboratory.applications(TENANT, two).get(two.getFirst());
        assertThat(first.appRoleAssignments().ifFailed()).map(Failure::reason).contains(Reason.GraphUnavailable);
        laboratory.tenants.heal();
        assertThat(laboratory
                        .applications(TENANT, two)
                        .get(two.getFirst())
                        .appRoleAssignments()
                        .ifComplete()
                        .orElseThrow())
                .hasSize(5);
    }

    @Test
    void pagesWithoutEndAreGivenUp() {
        laboratory.tenants.fail(
                Fault.on(RequestKind.GRAPH, new Effect.EmptyPage()).onPath("*/appRoleAssignments"));
        laboratory.simulator.requests().reset();
        assertThat(laboratory.applications(TENANT, two.subList(0, 1)).values())
                .allSatisfy(it -> assertThat(it.appRoleAssignments().ifFailed())
                        .map(Failure::reason)
                        .contains(Reason.GraphUnavailable));
        assertThat(laboratory.simulator.requests().count(RequestKind.GRAPH)).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "401, Authorization_IdentityNotFound, VerifierConsentRequired",
        "403, Authorization_IdentityNotFound, VerifierConsentRequired",
        "403, Authorization_IdentityDisabled, VerifierConsentRequired",
        "403, Authorization_RequestDenied, VerifierPermissionsMissing",
        "401, InvalidAuthenticationToken, GraphUnavailable",
        "403, Forbidden, GraphUnavailable",
        "429, TooManyRequests, Throttled",
        "503, Request_ThrottledTemporarily, Throttled",
        "503, ServiceUnavailable, GraphUnavailable",
    })
    void anErrorSaysWhoHasToAct(int status, String code, Reason reason) {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH, new Effect.Status(status, null, code)));
        assertThat(laboratory.read(TENANT, two).applications().ifFailed()).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(reason);
            assertThat(it.message()).contains("HTTP " + status).contains(code);
        });
    }

    @Test
    void scopesAreASetWithoutEmpties() {
        laboratory.tenants.behaviour().leadingSpaceInScopes(true);
        assertThat(laboratory
                        .applications(TENANT, two)
                        .get(two.getFirst())
                        .delegatedGrants()
                        .ifComplete()
                        .orElseThrow())
                .singleElement()
                .satisfies(it -> assertThat(it.scopes()).containsExactly("User.Read"));
    }
}
