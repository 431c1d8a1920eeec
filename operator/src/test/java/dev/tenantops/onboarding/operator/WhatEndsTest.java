package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Attestation;
import dev.tenantops.onboarding.operator.status.Withdrawal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of Outreach through Exchange Web Services, whose tenants Microsoft switches off, through the real adapter. */
class WhatEndsTest {

    private static final Instant OVER = Instant.parse("2027-04-01T00:00:00Z");
    private static final String EWS = "mail-and-calendar-ews";

    @AutoClose
    private LicensedCloud cloud;

    private LicensedTenant tenant;

    @BeforeEach
    void consent(@TempDir Path folder) {
        cloud = new LicensedCloud(folder);
        tenant = new LicensedTenant(cloud)
                .license(LicensedTenant.plans("outreach", List.of("ews")))
                .attest();
        tenant.consent("outreach", List.of(EWS));
        cloud.passUntil(OVER.minus(Duration.ofDays(90)));
        tenant.check();
    }

    @Test
    void aTenantThatMayBeSwitchedOffAlreadyIsNotReadyUntilSomebodyVouchesForIt() {
        assertThat(ready()).isEqualTo("False AttestationRequired");
        assertThat(tenant.status("outreach", EWS).state()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.status().nextAction()).contains("EWSEnabled is true").contains("prerequisite: ews-allowed");
        tenant.attest(vouched(OVER.plus(Duration.ofDays(30)))).check();
        assertThat(ready()).isEqualTo("True Onboarded");
        assertThat(tenant.condition(ConditionType.READY).message())
                .contains("1 item is attested and not proven", "From 2027-04-01 on", "License the plan graph instead.");
    }

    @Test
    void itIsRetiredTheSecondInWhichTheDayBegins() {
        tenant.attest(vouched(OVER.plus(Duration.ofDays(30))));
        cloud.passUntil(OVER.minusSeconds(200));
        tenant.checkNow();
        cloud.passUntil(OVER.minusSeconds(100));
        assertThat(tenant.checkNow().recheck()).isEqualTo(Duration.ofSeconds(100));
        cloud.passUntil(OVER.minusSeconds(40));
        assertThat(tenant.checkNow().recheck()).isEqualTo(Duration.ofSeconds(40));
        assertThat(ready()).isEqualTo("True Onboarded");
        assertThat(tenant.status().validUntil()).isEqualTo("2027-04-01T00:00:00Z");
        cloud.passUntil(OVER);
        tenant.checkNow();
        assertThat(ready()).isEqualTo("False PermissionRetired");
        assertThat(tenant.condition(ConditionType.CONSENT_GRANTED))
                .extracting(Condition::reason)
                .isEqualTo("PermissionRetired");
    }

    @Test
    void whoeverIsNotCheckedInTimeIsRetiredAllTheSame() {
        tenant.attest(vouched(OVER.plus(Duration.ofDays(30))));
        cloud.passUntil(OVER.minusSeconds(100));
        tenant.checkNow();
        cloud.passUntil(OVER.plusSeconds(1));
        assertThat(Withdrawal.isOver(tenant.status(), OVER.plusSeconds(1))).isTrue();
        var ended = tenant.ended();
        assertThat(ended.condition(ConditionType.READY).orElseThrow().reason()).isEqualTo("PermissionRetired");
        assertThat(ended.condition(ConditionType.VERIFIER_AUTHORIZED))
                .isEqualTo(tenant.status().condition(ConditionType.VERIFIER_AUTHORIZED));
        assertThat(ended.granted()).isEqualTo("0/1");
        assertThat(Withdrawal.isOver(ended, OVER.plusSeconds(2))).isFalse();
        assertThat(tenant.checkNow().status().condition(ConditionType.READY))
                .isEqualTo(ended.condition(ConditionType.READY));
    }

    @Test
    void anAttestationThatEndsIsToldWithoutACheckAsWell() {
        var end = OVER.minus(Duration.ofDays(60));
        tenant.attest(vouched(end));
        cloud.passUntil(end.minusSeconds(100));
        tenant.checkNow();
        assertThat(ready()).isEqualTo("True Onboarded");
        cloud.passUntil(end.plusSeconds(1));
        var ended = tenant.ended();
        assertThat(ended.condition(ConditionType.READY).orElseThrow().reason()).isEqualTo("AttestationRequired");
        assertThat(ended.applications().getFirst().state()).isEqualTo(ApplicationState.Granted);
        assertThat(ended.nextAction()).contains("add to spec.attestations");
    }

    @Test
    void evidenceThatEndsByItselfIsWithdrawnAsEver() {
        tenant.attest(vouched(OVER.plus(Duration.ofDays(30)))).check();
        cloud.pass(Duration.ofMinutes(16));
        var ended = tenant.ended();
        assertThat(ended.condition(ConditionType.READY).orElseThrow().reason()).isEqualTo("NotVerified");
        assertThat(ended.condition(ConditionType.READY).orElseThrow().status()).isEqualTo(Condition.Status.Unknown);
    }

    private String ready() {
        var ready = tenant.condition(ConditionType.READY);
        return ready.status() + " " + ready.reason();
    }

    private static Attestation vouched(Instant until) {
        return new Attestation(
                "outreach", EWS, "ews-allowed", null, "Litware's administrator says so", until.toString());
    }
}
