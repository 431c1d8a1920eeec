package dev.tenantops.onboarding.operator.truth;

import static dev.tenantops.onboarding.operator.truth.TrapTenant.role;
import static dev.tenantops.onboarding.operator.truth.TrapTenant.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.operator.truth.NaiveVerifier.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Grants that look like the consent that is needed, and those that do not look like it. */
class GrantTrapsTest {

    @RegisterExtension
    static final TrapCloud CLOUD = new TrapCloud();

    private static final String OTHER_APPLICATION = "cccccccc-0000-4000-8000-000000000001";
    private static final String OTHER_PUBLISHER = "3c1f6d0e-0000-4000-8000-00000000eeee";

    private final TrapTenant tenant = CLOUD.newTenant();

    @Test
    void theConsentOfOneUserIsNotTheOrganizations() {
        tenant.needs(scope("User.Read")).userConsents("ada", "User.Read");
        assertThat(tenant.check()).isEqualTo(ApplicationState.UserConsentOnly);
        assertThat(tenant.ready()).isEqualTo("False UserConsentOnly");
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void consentsOfSeveralUsersDoNotAddUp() {
        tenant.needs(scope("User.Read"), scope("Calendars.Read"))
                .userConsents("ada", "User.Read")
                .userConsents("grace", "Calendars.Read");
        assertThat(tenant.check()).isEqualTo(ApplicationState.UserConsentOnly);
        assertThat(tenant.application().missing()).hasSize(2);
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void theConsentOfAUserDoesNotCompleteThatOfTheOrganization() {
        tenant.needs(scope("User.Read"), scope("Calendars.Read"))
                .grants(scope("User.Read"))
                .userConsents("ada", "Calendars.Read");
        assertThat(tenant.check()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(tenant.application().missing()).containsExactly(scope("Calendars.Read"));
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void aPermissionIsNotContainedInALongerName() {
        tenant.needs(scope("User.Read")).grants(scope("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.application().surplus()).containsExactly(scope("User.Read.All"));
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void anAppRoleIsNotTheScopeOfTheSameName() {
        tenant.needs(scope("User.Read.All")).grants(role("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void aScopeIsNotTheAppRoleOfTheSameName() {
        tenant.needs(role("User.Read.All")).grants(scope("User.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void thePermissionOfAnotherApiIsAnotherPermission() {
        tenant.needs(role("Mail.Send"))
                .grants(new Permission(TrapCloud.EXCHANGE, PermissionType.Application, "Mail.Send"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.application().missing()).containsExactly(role("Mail.Send"));
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void anAssignmentWithoutARoleGrantsNothing() {
        tenant.needs(role("User.Read.All"));
        CLOUD.directory().assignWithoutRole(tenant.id(), tenant.clientId(), TrapCloud.GRAPH);
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.application().surplus()).isEmpty();
        assertThat(tenant.naive().anything(tenant.filter(), tenant.names())).isEqualTo(Answer.granted());
    }

    @Test
    void whatOthersAreAssignedOnTheApplicationIsNotAssignedToIt() {
        tenant.needs(role("User.Read.All")).registrationAsksFor().consents();
        CLOUD.directory()
                .defineResource(
                        tenant.clientId(), TrapTenant.DISPLAY_NAME, List.of("User.Read.All"), List.<String>of());
        CLOUD.register(OTHER_APPLICATION, "Another application", OTHER_PUBLISHER);
        CLOUD.directory()
                .grant(tenant.id(), OTHER_APPLICATION, tenant.clientId(), PermissionType.Application, "User.Read.All");
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        var naive = tenant.naive();
        assertThat(naive.servicePrincipal(naive.find(tenant.filter()), "appRoleAssignedTo", tenant.names()))
                .isEqualTo(Answer.granted());
    }

    @Test
    void aLookAlikeIsAnotherApplication() {
        tenant.needs(role("User.Read.All"));
        CLOUD.register(OTHER_APPLICATION, TrapTenant.DISPLAY_NAME, OTHER_PUBLISHER, role("User.Read.All"));
        CLOUD.directory().consent(tenant.id(), OTHER_APPLICATION);
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.application().servicePrincipalId()).isNull();
        assertThat(tenant.naive().application("displayName eq '" + TrapTenant.DISPLAY_NAME + "'", tenant.names()))
                .isEqualTo(Answer.granted());
    }

    @Test
    void aLargerPermissionIsNotTakenForASmallerOneSilently() {
        tenant.needs(scope("Calendars.Read")).grants(scope("Calendars.ReadWrite"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(tenant.application().surplus()).containsExactly(scope("Calendars.ReadWrite"));
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void aLargerPermissionDoesWhereTheCatalogSaysSo() {
        tenant.needs(role("User.Read.All"))
                .catalogTakesInstead("Directory.Read.All")
                .grants(role("Directory.Read.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.application().satisfied())
                .containsExactly(new SatisfiedPermission(role("User.Read.All"), "Directory.Read.All"));
        assertThat(tenant.naively()).isEqualTo(Answer.missing("User.Read.All"));
    }

    @Test
    void scopesThatSignInAddsByItselfAreNotMissed() {
        tenant.needs(scope("User.Read"), scope("openid"), scope("offline_access"))
                .grants(scope("User.Read"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.application().notVerifiable()).containsExactly(scope("offline_access"), scope("openid"));
        assertThat(tenant.ready()).isEqualTo("True Onboarded");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("openid", "offline_access"));
    }
}
