package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.GRAPH;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A tenant that answers as before is told by its answers, and nothing else is. */
class TenantReadingTest {

    static final List<Effect> UNREADABLE = Laboratory.UNREADABLE;

    private final VirtualClock clock = new VirtualClock(Instant.now());

    @AutoClose
    private final Laboratory laboratory = new Laboratory(clock);

    private List<String> applications;
    private Fingerprint known;

    @BeforeEach
    void start() {
        applications = laboratory.install(TENANT, 3);
        laboratory.read(TENANT, applications);
        laboratory.read(TENANT, applications);
        known = read(Optional.empty()).fingerprint().orElseThrow();
    }

    @Test
    void theSameAnswersAreTheSameReading() {
        var before = laboratory.read(TENANT, applications);
        clock.advance(Duration.ofMinutes(5));
        var reading = read();
        assertThat(reading).isInstanceOf(TenantReading.Unchanged.class);
        var observation = reading.observation();
        assertThat(observation.readAt()).isAfter(before.readAt());
        assertThat(observation.applications()).isEqualTo(before.applications());
        assertThat(observation.resources()).isEqualTo(before.resources());
    }

    @Test
    void aRevokedPermissionIsAnotherReading() {
        laboratory.tenants.revoke(TENANT, applications.getLast(), GRAPH, PermissionType.Delegated, "User.Read");
        assertThat(read()).isInstanceOf(TenantReading.Fresh.class);
    }

    @Test
    void aDisabledApplicationIsAnotherReading() {
        laboratory.tenants.setEnabled(TENANT, applications.getFirst(), false);
        assertThat(read()).isInstanceOf(TenantReading.Fresh.class);
    }

    @Test
    void aResourceThatIsGoneIsAnotherReading() {
        laboratory.tenants.removeResource(TENANT, GRAPH);
        assertThat(read()).isInstanceOf(TenantReading.Fresh.class);
    }

    @Test
    void otherDefinitionsAreAnotherReading() {
        laboratory.tenants.retirePermission(GRAPH, PermissionType.Application, "User.Read.All");
        assertThat(read()).isInstanceOf(TenantReading.Unchanged.class);
        // Another tenant's reading brings the new definitions, which are the same in all tenants.
        clock.advance(Duration.ofHours(7));
        laboratory.read(Laboratory.OTHER_TENANT, List.of());
        assertThat(read()).isInstanceOf(TenantReading.Fresh.class);
    }

    @Test
    void whatTookMoreThanOneAnswerHasNoFingerprint() {
        laboratory.tenants.behaviour().pageSize(1);
        laboratory.tenants.grant(TENANT, applications.getFirst(), GRAPH, PermissionType.Application, "Mail.Send");
        var reading = read();
        assertThat(reading.observation().applications().ifComplete()).isPresent();
        assertThat(reading.fingerprint()).isEmpty();
    }

    @Test
    void whatDependsOnNamesThatAreRememberedHasNoFingerprint() {
        String api = "cccccccc-0000-4000-8000-000000000001";
        laboratory.tenants.defineResource(api, "An API", List.of("Things.Read"), List.of("Things.Read"));
        laboratory.tenants.provisionResource(TENANT, api);
        laboratory.tenants.grant(TENANT, applications.getFirst(), api, PermissionType.Application, "Things.Read");
        read();
        assertThat(read().fingerprint()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void whatCannotBeReadIsAnotherReading(Effect effect) {
        laboratory.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, effect).onPath("*/appRoleAssignments"));
        assertThat(read()).isInstanceOf(TenantReading.Fresh.class);
    }

    @Test
    void aReadingThatNobodyKnowsIsFresh() {
        assertThat(read(Optional.of(new Fingerprint(1, 2, 3, 4)))).isInstanceOf(TenantReading.Fresh.class);
        assertThat(read(Optional.empty())).isInstanceOf(TenantReading.Fresh.class);
    }

    private TenantReading read() {
        return read(Optional.of(known));
    }

    private TenantReading read(Optional<Fingerprint> before) {
        return laboratory.directory.read(
                laboratory.query(TENANT, applications, Set.of(GRAPH, Laboratory.EXCHANGE), false), before);
    }
}
