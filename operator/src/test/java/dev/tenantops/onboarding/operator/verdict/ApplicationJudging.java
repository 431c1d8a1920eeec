package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import java.time.Duration;
import java.time.Instant;

/** The judge before the console of the sample catalog, and the readings that the rules about it begin with. */
abstract class ApplicationJudging {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Permission USER_READ_ALL = new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All");
    static final Permission MANAGE_CALLS =
            new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls");

    static final Propagation PROPAGATION = new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2));

    final ApplicationJudge judge = new ApplicationJudge(PROPAGATION);
    final DesiredApplication presence = Samples.desired().applications().getFirst();
    final DesiredApplication console = Samples.desired().applications().getLast();

    /** Everything that the console needs. */
    static TenantFixture granted() {
        return grantedAt(NOW);
    }

    static TenantFixture grantedAt(Instant readAt) {
        return TenantFixture.of(readAt)
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls");
    }

    final Proven judge(DesiredApplication application, TenantFixture tenant) {
        return judge(application, tenant, Memory.NONE);
    }

    final Proven judge(DesiredApplication application, TenantFixture tenant, Memory memory) {
        var verdict = judge.judge(application, tenant.observation(), memory);
        assertThat(verdict).isInstanceOf(Proven.class);
        return (Proven) verdict;
    }
}
