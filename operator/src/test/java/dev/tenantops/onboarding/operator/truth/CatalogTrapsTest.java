package dev.tenantops.onboarding.operator.truth;

import static dev.tenantops.onboarding.operator.truth.TrapTenant.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.truth.NaiveVerifier.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has to act is not always the administrator who consents, and a consent is not always one. */
class CatalogTrapsTest {

    @RegisterExtension
    static final TrapCloud CLOUD = new TrapCloud();

    private final TrapTenant tenant = CLOUD.newTenant();

    @Test
    void whatTheCatalogAsksForSinceIsNotTakenForLost() {
        tenant.needs(role("User.Read.All")).consents();
        var robbed = CLOUD.newTenant().needs(role("User.Read.All"), role("Group.Read.All"));
        robbed.consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(robbed.check()).isEqualTo(ApplicationState.Granted);
        tenant.needs(role("User.Read.All"), role("Group.Read.All"));
        robbed.revokes(role("Group.Read.All"));
        robbed.check();
        assertThat(robbed.after(Duration.ofMinutes(2))).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(tenant.check()).isEqualTo(ApplicationState.ReconsentRequired);
        assertThat(tenant.ready()).isEqualTo("False ReconsentRequired");
        assertThat(tenant.application().missing()).containsExactly(role("Group.Read.All"));
        assertThat(tenant.naively()).isEqualTo(Answer.missing("Group.Read.All")).isEqualTo(robbed.naively());
    }

    @Test
    void whatTheRegistrationDoesNotAskForIsNotMendedByAnotherConsent() {
        tenant.catalogAsksFor(role("User.Read.All"), role("Group.Read.All")).registrationAsksFor(role("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        tenant.consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Propagating);
        assertThat(tenant.after(Duration.ofMinutes(3))).isEqualTo(ApplicationState.NotRequestedByApplication);
        assertThat(tenant.nextAction())
                .startsWith("Ask the publisher of Agent Console to add")
                .contains("Group.Read.All");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("Group.Read.All"));
        tenant.consents();
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.NotRequestedByApplication);
        assertThat(tenant.naively()).isEqualTo(Answer.missing("Group.Read.All"));
    }

    @Test
    void aPermissionThatNoApiDefinesIsAMistakeInTheCatalog() {
        tenant.needs(role("User.Read.Everything")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.UnknownPermission);
        assertThat(tenant.ready()).isEqualTo("Unknown UnknownPermission");
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.UnknownPermission);
        assertThat(tenant.ready()).isEqualTo("False UnknownPermission");
        assertThat(tenant.nextAction()).contains("Correct the permissions of agent-console");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("User.Read.Everything"));
    }

    @Test
    void aCallbackGrantsNothing() throws IOException, InterruptedException {
        tenant.needs(role("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        var callback = tenant.declines();
        assertThat(tenant.returns()).isEqualTo(ApplicationState.Propagating);
        assertThat(tenant.ready()).isEqualTo("Unknown Propagating");
        assertThat(tenant.after(Duration.ofMinutes(3))).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.ready()).isEqualTo("False ConsentRequired");
        assertThat(NaiveVerifier.redirected(callback, tenant.names())).isEqualTo(Answer.granted());
    }
}
