package dev.tenantops.onboarding.operator.truth;

import static dev.tenantops.onboarding.operator.truth.TrapTenant.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.truth.NaiveVerifier.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The directory's replicas do not agree at once, and what was yesterday matters. */
class TimeTrapsTest {

    @RegisterExtension
    static final TrapCloud CLOUD = new TrapCloud();

    private final TrapTenant tenant = CLOUD.newTenant();

    @Test
    void aConsentThatAReplicaDoesNotShowYetIsNotMissing() {
        tenant.needs(role("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        CLOUD.directory().behaviour().replicaLags(Duration.ofSeconds(90));
        tenant.consents().sleeps(Duration.ofSeconds(5));
        assertThat(tenant.returns()).isEqualTo(ApplicationState.Propagating);
        assertThat(tenant.ready()).isEqualTo("Unknown Propagating");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("User.Read.All"));
        assertThat(tenant.after(Duration.ofMinutes(2))).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aConsentThatArrivesInPartsIsNotIncomplete() {
        tenant.needs(role("User.Read.All"), role("Group.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        tenant.grants(role("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.Propagating);
        assertThat(tenant.naively()).isEqualTo(Answer.missing("Group.Read.All"));
        tenant.grants(role("Group.Read.All"));
        assertThat(tenant.after(Duration.ofMinutes(1))).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aReplicaOfYesterdayRevokesNothing() {
        tenant.needs(role("User.Read.All"));
        CLOUD.directory().behaviour().replicaLags(Duration.ofMinutes(10));
        tenant.consents();
        CLOUD.directory().behaviour().replicaLags(Duration.ZERO);
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().behaviour().replicaLags(Duration.ofMinutes(10));
        assertThat(tenant.sleeps(VirtualOperator.INTERVAL).check()).isEqualTo(ApplicationState.Propagating);
        assertThat(tenant.ready()).isEqualTo("Unknown Propagating");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("User.Read.All"));
        CLOUD.directory().behaviour().replicaLags(Duration.ZERO);
        assertThat(tenant.after(Duration.ofMinutes(1))).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.application().firstMissingTime()).isNull();
    }

    @Test
    void whenAConsentWasRevokedIsTold() {
        tenant.needs(role("User.Read.All"));
        var neverConsented = tenant.naively();
        tenant.consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        tenant.after(Duration.ofHours(1));
        var revoked = tenant.now().truncatedTo(ChronoUnit.SECONDS);
        CLOUD.directory().revokeConsent(tenant.id(), tenant.clientId());
        assertThat(tenant.after(Duration.ofMinutes(8))).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(tenant.ready()).isEqualTo("False ConsentRevoked");
        assertThat(Instant.parse(tenant.application().lastGrantedTime()))
                .isBetween(revoked.minus(VirtualOperator.FRESHNESS), revoked);
        assertThat(Instant.parse(tenant.application().firstMissingTime()))
                .isBetween(revoked, revoked.plus(Duration.ofMinutes(6)));
        assertThat(tenant.naively()).isEqualTo(Answer.missing("User.Read.All")).isEqualTo(neverConsented);
    }
}
