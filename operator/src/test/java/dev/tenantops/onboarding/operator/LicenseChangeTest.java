package dev.tenantops.onboarding.operator;

import static dev.tenantops.onboarding.operator.LicensedTenant.applications;
import static dev.tenantops.onboarding.operator.LicensedTenant.plans;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Plan;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A customer buys more, or less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LicenseChangeTest {

    private static final String HEEDIFY = "heedify";
    private static final String OUTREACH = "outreach";

    private LicensedCloud cloud;

    /** From some plans of a catalog to others. */
    record Change(License from, License to) {
        @Override
        public String toString() {
            return from.catalog() + " " + from.plans() + " to " + to.plans();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        cloud = new LicensedCloud(folder);
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void exactlyTheDifferenceIsAskedForAndWhatIsLeftOverIsSurplusUntilItIsRemoved(Change change) {
        var catalog = change.to().catalog();
        var before = applications(cloud, change.from());
        var after = applications(cloud, change.to());
        var added = without(after, before);
        var leftOver = without(before, after);
        var tenant = onboarded(change.from());

        var status = tenant.license(change.to()).check();
        assertThat(tenant.inState(ApplicationState.ConsentRequired)).isEqualTo(added);
        assertThat(tenant.inState(ApplicationState.Granted)).isEqualTo(without(after, added));
        assertThat(tenant.inState(ApplicationState.NoLongerLicensed)).isEqualTo(leftOver);
        assertThat(status.applications()).hasSize(union(before, after).size());
        assertOnlyAskedFor(
                tenant,
                added.stream()
                        .map(it -> tenant.application(catalog, it).displayName())
                        .toList());

        tenant.consent(catalog, added);
        status = tenant.check();
        tenant.assertReady();
        assertThat(status.granted()).isEqualTo(after.size() + "/" + after.size());

        for (String surplus : inOrderOf(status, leftOver)) {
            assertThat(tenant.status(catalog, surplus).surplus()).isNotEmpty();
            assertThat(tenant.status(catalog, surplus).message()).isEqualTo(status.nextAction());
            assertThat(status.nextAction())
                    .contains("Enterprise applications, "
                            + tenant.application(catalog, surplus).displayName() + ", Properties, Delete");
            tenant.delete(catalog, surplus);
            status = tenant.check();
            assertThat(status.application(catalog, surplus)).isEmpty();
            tenant.assertReady();
        }
        assertThat(status.nextAction()).isNull();
        assertThat(names(status)).containsExactlyInAnyOrderElementsOf(after);
    }

    @Test
    void whatIsLeftOverIsReadInTheRequestThatReadsTheRest() {
        var tenant = onboarded(plans(HEEDIFY, List.of("common", "extend")));
        var steady = batches(tenant);
        assertThat(steady).containsExactly(1L, 11L);
        tenant.license(plans(HEEDIFY, List.of("common"))).check();
        assertThat(batches(tenant)).isEqualTo(steady);
        tenant.delete(HEEDIFY, "call-center");
        tenant.delete(HEEDIFY, "agent-console");
        tenant.check();
        assertThat(batches(tenant)).containsExactly(1L, 7L);
    }

    @Test
    void whatALicenceLeftThatIsGoneAltogetherIsReadWithItsVerifierWhichIsNotShown() {
        var tenant = onboarded(plans(HEEDIFY, List.of("common")), plans(OUTREACH, List.of("graph")));
        var status = tenant.license(plans(HEEDIFY, List.of("common"))).check();
        tenant.assertReady();
        assertThat(status.verifiers()).extracting(VerifierStatus::catalog).containsExactly(HEEDIFY);
        assertThat(status.granted()).isEqualTo("3/3");
        assertThat(tenant.inState(ApplicationState.NoLongerLicensed)).containsExactly("mail-and-calendar-graph");
        assertThat(tenant.status(OUTREACH, "mail-and-calendar-graph").surplus()).hasSize(5);
        assertThat(batches(tenant)).containsExactly(2L, 10L);
        tenant.delete(OUTREACH, "mail-and-calendar-graph");
        assertThat(tenant.check().nextAction()).isNull();
        assertThat(batches(tenant)).containsExactly(1L, 7L);
    }

    @Test
    void aVerifierThatNoLicenceNeedsTroublesNobodyWhenItIsGone() {
        var tenant = onboarded(plans(HEEDIFY, List.of("common")), plans(OUTREACH, List.of("ews")));
        tenant.license(plans(HEEDIFY, List.of("common"))).check();
        cloud.tenants.delete(
                tenant.id, cloud.catalogs.get(OUTREACH).getSpec().verifier().clientId());
        cloud.pass(Duration.ofHours(2));
        tenant.check();
        tenant.assertReady();
        assertThat(tenant.condition(ConditionType.VERIFIER_AUTHORIZED).status()).isEqualTo(Status.True);
        assertThat(tenant.inState(ApplicationState.NoLongerLicensed)).containsExactly("mail-and-calendar-ews");
    }

    @Test
    void whatACatalogLeftIsForgottenWithTheCatalog() {
        var tenant = onboarded(plans(HEEDIFY, List.of("common")), plans(OUTREACH, List.of("ews")));
        tenant.license(plans(HEEDIFY, List.of("common"))).check();
        tenant.withoutCatalog(OUTREACH);
        assertThat(names(tenant.check())).containsExactly("reports", "presence", "admin-portal");
    }

    @Test
    void whatIsLeftOverAndCannotBeReadTroublesNobody() {
        var tenant = onboarded(plans(HEEDIFY, List.of("common", "extend")));
        tenant.license(plans(HEEDIFY, List.of("common"))).check();
        var before = tenant.status(HEEDIFY, "call-center");
        cloud.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.status(500))
                .inTenant(tenant.id)
                .onPath("/servicePrincipals/" + before.servicePrincipalId() + "/appRoleAssignments"));
        tenant.check();
        tenant.assertReady();
        assertThat(cloud.simulator.requests().count(RequestKind.BATCH_ITEM, 500))
                .isEqualTo(1);
        assertThat(tenant.condition(ConditionType.VERIFIER_AUTHORIZED).status()).isEqualTo(Status.True);
        assertThat(tenant.status(HEEDIFY, "call-center").surplus()).isEqualTo(before.surplus());
        assertThat(tenant.status(HEEDIFY, "call-center").message()).contains("when it was last read");
        cloud.tenants.heal();
    }

    @Test
    void anApiThatOnlyALeftOverNeedsTroublesNobody() {
        var tenant = onboarded(plans(HEEDIFY, List.of("common", "extend")));
        // What APIs define is read again after some hours.
        cloud.pass(Duration.ofHours(7));
        cloud.tenants.fail(Fault.on(RequestKind.BATCH_ITEM, Effect.status(500))
                .inTenant(tenant.id)
                .onPath("/servicePrincipals(appId='1fd5118e-2576-4263-8130-9503064c837a')"));
        tenant.license(plans(HEEDIFY, List.of("common"))).check();
        tenant.assertReady();
        cloud.tenants.heal();
    }

    @Test
    void whatIsLicensedAgainNeedsNoConsentWhileItsGrantsStand() {
        var both = plans(HEEDIFY, List.of("common", "extend"));
        var tenant = onboarded(both);
        tenant.license(plans(HEEDIFY, List.of("extend"))).check();
        assertThat(tenant.inState(ApplicationState.NoLongerLicensed)).hasSize(3);
        assertThat(tenant.license(both).check().granted()).isEqualTo("5/5");
        tenant.assertReady();
    }

    @Test
    void whatWasRevokedMeanwhileIsToldAsRevokedWhenItIsLicensedAgain() {
        var both = plans(HEEDIFY, List.of("common", "extend"));
        var tenant = onboarded(both);
        tenant.license(plans(HEEDIFY, List.of("extend"))).check();
        cloud.tenants.revokeConsent(
                tenant.id, tenant.application(HEEDIFY, "reports").clientId());
        tenant.check();
        assertThat(tenant.status(HEEDIFY, "reports").surplus()).isEmpty();
        tenant.license(both).check();
        assertThat(tenant.inState(ApplicationState.ConsentRevoked)).containsExactly("reports");
    }

    @Test
    void whatWasRemovedMeanwhileIsAskedForAsNewWhenItIsLicensedAgain() {
        var both = plans(HEEDIFY, List.of("common", "extend"));
        var tenant = onboarded(both);
        tenant.license(plans(HEEDIFY, List.of("extend"))).check();
        tenant.delete(HEEDIFY, "reports");
        tenant.check();
        tenant.license(both).check();
        assertThat(tenant.inState(ApplicationState.ConsentRequired)).containsExactly("reports");
    }

    private Stream<Change> changes() {
        return cloud.catalogs.values().stream().flatMap(catalog -> {
            var sets = planSets(catalog);
            return sets.stream()
                    .flatMap(
                            from -> sets.stream().filter(to -> !to.equals(from)).map(to -> new Change(from, to)));
        });
    }

    /** Every combination of a catalog's plans but none. */
    private static List<License> planSets(ApplicationCatalog catalog) {
        var plans = catalog.getSpec().plans().stream().map(Plan::name).toList();
        return IntStream.range(1, 1 << plans.size())
                .mapToObj(bits -> plans(
                        catalog.getMetadata().getName(),
                        IntStream.range(0, plans.size())
                                .filter(it -> (bits >> it & 1) == 1)
                                .mapToObj(plans::get)
                                .toList()))
                .toList();
    }

    /** A tenant in which everything was asked for and granted. */
    private LicensedTenant onboarded(License... licenses) {
        var tenant = new LicensedTenant(cloud).license(licenses);
        var asked = tenant.check().applications().stream()
                .map(ApplicationStatus::state)
                .toList();
        assertThat(asked).isNotEmpty().containsOnly(ApplicationState.ConsentRequired);
        for (License license : licenses) {
            tenant.consent(license.catalog(), applications(cloud, license));
        }
        assertThat(tenant.check().nextAction()).isNull();
        tenant.assertReady();
        return tenant;
    }

    /** @param asked the names for people */
    private static void assertOnlyAskedFor(LicensedTenant tenant, List<String> asked) {
        var consent = tenant.condition(ConditionType.CONSENT_GRANTED);
        if (asked.isEmpty()) {
            assertThat(consent.reason()).isEqualTo("AllGranted");
            tenant.assertReady();
            return;
        }
        assertThat(consent.status()).isEqualTo(Status.False);
        assertThat(consent.reason()).isEqualTo("ConsentRequired");
        assertThat(consent.message()).startsWith(asked.size() + " of ");
        var named = consent.message().split("not granted: ")[1].split("\\. ")[0];
        assertThat(named.split("; "))
                .containsExactlyInAnyOrderElementsOf(
                        asked.stream().map(it -> it + " (ConsentRequired)").toList());
    }

    /** The batches of one check, and the requests in them. */
    private List<Long> batches(LicensedTenant tenant) {
        cloud.simulator.requests().reset();
        tenant.check();
        return Stream.of(RequestKind.BATCH, RequestKind.BATCH_ITEM)
                .map(it -> cloud.simulator.requests().count(it, tenant.id))
                .toList();
    }

    private static List<String> inOrderOf(TenantOnboardingStatus status, Set<String> applications) {
        return names(status).stream().filter(applications::contains).toList();
    }

    private static List<String> names(TenantOnboardingStatus status) {
        return status.applications().stream().map(ApplicationStatus::name).toList();
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var rest = new LinkedHashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<String> union(Set<String> first, Set<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return Set.copyOf(all);
    }
}
