package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an onboarding shows of a tenant that is another one's to verify: nothing. */
class ClaimedTenantTest {

    private static final String CATALOG = "heedify";
    private static final String OTHER_CATALOG = "outreach";

    @AutoClose
    private LicensedCloud cloud;

    private LicensedTenant tenant;

    @BeforeEach
    void becomeReady(@TempDir Path folder) {
        cloud = new LicensedCloud(folder);
        var license = LicensedTenant.plans(CATALOG, List.of("common", "extend", "unify"));
        tenant = new LicensedTenant(cloud).license(license);
        tenant.consent(CATALOG, LicensedTenant.applications(cloud, license));
        for (var i = 0; i < 3; i++) {
            tenant.check();
        }
        tenant.assertReady();
    }

    @Test
    void itIsStalledAtOnceAndSaysWhatToDoAndNotWhoseItIs() {
        tenant.claimedElsewhere(CATALOG);
        tenant.check();
        assertThat(tenant.condition(ConditionType.STALLED))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.True, "TenantClaimedElsewhere");
        assertThat(tenant.condition(ConditionType.READY))
                .returns(Status.False, Condition::status)
                .returns("TenantClaimedElsewhere", Condition::reason);
        assertThat(tenant.status().condition(ConditionType.RECONCILING)).isEmpty();
        assertThat(tenant.status().nextAction())
                .contains("the oldest that names it, and that is another one")
                .contains("Delete it if it is one too many");
    }

    @Test
    void nothingOfTheTenantIsAskedForOrShown() {
        var before = requests();
        tenant.claimedElsewhere(CATALOG);
        for (var i = 0; i < 3; i++) {
            tenant.check();
        }
        assertThat(requests()).isEqualTo(before);
        var status = tenant.status();
        assertThat(status.applications()).isEmpty();
        assertThat(status.verifiers()).isEmpty();
        assertThat(status.endpoints()).isEmpty();
        assertThat(status.granted()).isEqualTo("0/0");
        assertThat(status.lastVerified()).isNull();
        assertThat(status.condition(ConditionType.NETWORK_REACHABLE)).isEmpty();
        assertThat(Stream.of(ConditionType.VERIFIER_AUTHORIZED, ConditionType.CONSENT_GRANTED))
                .allSatisfy(it -> assertThat(tenant.condition(it).status()).isEqualTo(Status.Unknown));
    }

    @Test
    void aSuspendedOneShowsNothingEither() {
        tenant.suspend();
        tenant.claimedElsewhere(CATALOG);
        tenant.check();
        assertThat(tenant.condition(ConditionType.READY).reason()).isEqualTo("Suspended");
        assertThat(tenant.status().applications()).isEmpty();
        assertThat(tenant.status().verifiers()).isEmpty();
        assertThat(tenant.status().lastVerified()).isNull();
    }

    @Test
    void whoGetsTheClaimIsVerifiedByTheNextCheck() {
        tenant.claimedElsewhere(CATALOG);
        tenant.check();
        tenant.claimedElsewhere();
        tenant.check();
        tenant.assertReady();
        assertThat(tenant.status().condition(ConditionType.STALLED)).isEmpty();
    }

    @Test
    void theLicenceOfAnotherVerifierIsServed() {
        var other = LicensedTenant.plans(
                OTHER_CATALOG,
                cloud.catalogs.get(OTHER_CATALOG).getSpec().plans().stream()
                        .map(it -> it.name())
                        .limit(1)
                        .toList());
        tenant.license(LicensedTenant.plans(CATALOG, List.of("common")), other);
        tenant.consent(OTHER_CATALOG, LicensedTenant.applications(cloud, other));
        tenant.claimedElsewhere(CATALOG);
        tenant.check();
        assertThat(tenant.status().applications())
                .isNotEmpty()
                .allMatch(it -> it.catalog().equals(OTHER_CATALOG));
        assertThat(tenant.status().lastVerified()).isNotNull();
        assertThat(tenant.condition(ConditionType.STALLED).reason()).isEqualTo("TenantClaimedElsewhere");
    }

    @Test
    void whatALicenceLeftIsShownNoMore() {
        tenant.license(LicensedTenant.plans(CATALOG, List.of("common")));
        tenant.check();
        assertThat(tenant.status().applications())
                .anyMatch(it -> it.state().name().equals("NoLongerLicensed"));
        tenant.claimedElsewhere(CATALOG);
        assertThat(tenant.check().applications()).isEmpty();
    }

    private long requests() {
        return Stream.of(RequestKind.values())
                .mapToLong(it -> cloud.simulator.requests().count(it, tenant.id))
                .sum();
    }
}
