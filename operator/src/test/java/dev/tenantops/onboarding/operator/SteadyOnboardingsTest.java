package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant that answers as before is not judged again, and whatever else changes is told all the same. */
class SteadyOnboardingsTest {

    private static final String CATALOG = "heedify";
    private static final List<String> PLANS = List.of("common", "extend", "unify");

    @AutoClose
    private LicensedCloud cloud;

    private LicensedTenant tenant;

    @BeforeEach
    void becomeSteady(@TempDir Path folder) {
        cloud = new LicensedCloud(folder);
        var license = LicensedTenant.plans(CATALOG, PLANS);
        tenant = new LicensedTenant(cloud).license(license);
        tenant.consent(CATALOG, LicensedTenant.applications(cloud, license));
        for (var i = 0; i < 3; i++) {
            tenant.check();
        }
        tenant.assertReady();
    }

    @Test
    void aTenantThatAnswersAsBeforeKeepsTheVeryStatusThatItHas() {
        var before = tenant.check();
        assertThat(tenant.check()).isSameAs(before);
    }

    @Test
    void theEvidenceIsRenewedWhenHalfOfItsTimeIsOver() {
        var written = IntStream.range(0, 60)
                .mapToObj(_ -> tenant.check())
                .map(TenantOnboardingStatus::validUntil)
                .distinct()
                .map(Instant::parse)
                .toList();
        assertThat(written).hasSizeBetween(60 / 8, 60 / 8 + 2).isSorted();
        assertThat(IntStream.range(1, written.size())
                        .mapToObj(it -> Duration.between(written.get(it - 1), written.get(it))))
                .containsOnly(Duration.ofMinutes(8));
    }

    @Test
    void aRevokedPermissionIsTold() {
        cloud.tenants.revoke(
                tenant.id,
                tenant.application(CATALOG, "reports").clientId(),
                "00000003-0000-0000-c000-000000000000",
                PermissionType.Delegated,
                "User.Read");
        tenant.check();
        assertThat(tenant.inState(ApplicationState.Propagating)).containsExactly("reports");
    }

    @Test
    void aNamespaceThatMayNoLongerUseTheCatalogIsTold() {
        tenant.withoutLabels();
        tenant.check();
        assertThat(tenant.condition(ConditionType.READY))
                .extracting(Condition::reason)
                .isEqualTo("NamespaceNotAllowed");
    }

    @Test
    void aCatalogThatIsGoneIsTold() {
        tenant.withoutCatalog(CATALOG);
        tenant.check();
        assertThat(tenant.condition(ConditionType.READY))
                .extracting(Condition::reason)
                .isEqualTo("UnknownCatalog");
    }

    @Test
    void aSecretThatIsGoneIsTold() {
        cloud.secrets = false;
        tenant.check();
        assertThat(tenant.condition(ConditionType.VERIFIER_AUTHORIZED))
                .extracting(Condition::reason)
                .isEqualTo("CredentialsInvalid");
    }

    @Test
    void anEndpointThatBecomesUnreachableIsTold() {
        tenant.assertReady();
        assertThat(tenant.status().endpoints()).isNotEmpty();
        cloud.probed = new ProbeResult.Unreachable(
                PipelineFixture.TRACE,
                ProbeResult.Stage.Dns,
                ProbeResult.Reason.DnsFailed,
                "the name does not resolve",
                "Correct the name");
        for (var i = 0; i < 7; i++) {
            tenant.check();
        }
        assertThat(tenant.condition(ConditionType.NETWORK_REACHABLE))
                .extracting(Condition::reason)
                .isEqualTo("DnsFailed");
    }
}
