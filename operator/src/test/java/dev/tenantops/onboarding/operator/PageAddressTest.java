package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboardingSpec.Page;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.consent.PageLink;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each status has the address of the page for the customer's administrator, and is not written for its sake. */
class PageAddressTest {

    private static final byte[] FIRST = new byte[PageKeys.LEAST_BYTES];
    private static final byte[] SECOND = "a second key of some thirty bytes".getBytes();
    private static final String CATALOG = "heedify";

    @AutoClose
    private LicensedCloud cloud;

    private LicensedTenant tenant;

    @BeforeEach
    void becomeSteady(@TempDir Path folder) {
        cloud = new LicensedCloud(folder);
        var license = LicensedTenant.plans(CATALOG, List.of("common"));
        tenant = new LicensedTenant(cloud).license(license);
        tenant.consent(CATALOG, LicensedTenant.applications(cloud, license));
        for (var i = 0; i < 3; i++) {
            tenant.check();
        }
        tenant.assertReady();
    }

    @Test
    void itProvesWhichOnboardingItIsOf() {
        assertThat(link()).contains(new PageLink(tenant.id, 1, Optional.empty()));
    }

    @Test
    void aNewVersionOrEndReplacesItAtOnce() {
        var before = tenant.status().pageUrl();
        tenant.page(new Page(2, "2027-03-31T00:00:00.5+02:00")).check();
        assertThat(link()).contains(new PageLink(tenant.id, 2, Optional.of(Instant.parse("2027-03-30T22:00:00Z"))));
        tenant.page(null).check();
        assertThat(tenant.status().pageUrl()).isEqualTo(before);
    }

    @Test
    void anotherKeyReplacesItWithTheNextRenewalAndNotBefore() {
        var before = tenant.check();
        cloud.keys = PageKeys.of(Map.of(1, FIRST, 2, SECOND), Set.of());
        assertThat(tenant.check()).isEqualTo(before);
        for (var i = 0; i < 10; i++) {
            tenant.check();
        }
        assertThat(tenant.status().pageUrl()).isNotEqualTo(before.pageUrl());
        cloud.keys = PageKeys.of(Map.of(2, SECOND), Set.of());
        assertThat(link()).isPresent();
    }

    @Test
    void itStaysWhileNoKeyCanBeRead() {
        var before = tenant.status().pageUrl();
        cloud.keys = PageKeys.NONE;
        for (var i = 0; i < 10; i++) {
            assertThat(tenant.check().pageUrl()).isEqualTo(before);
        }
    }

    @Test
    void itComesWithTheFirstCheckAfterTheFirstKey(@TempDir Path folder) {
        try (var late = new LicensedCloud(folder)) {
            late.keys = PageKeys.NONE;
            var customer = new LicensedTenant(late).license(LicensedTenant.plans(CATALOG, List.of("common")));
            for (var i = 0; i < 3; i++) {
                assertThat(customer.check().pageUrl()).isNull();
            }
            late.keys = PageKeys.of(Map.of(1, FIRST), Set.of());
            assertThat(customer.check().pageUrl()).startsWith("https://onboarding.example.com/onboarding/");
        }
    }

    @Test
    void theCustomersNameStandsBesideIt() {
        assertThat(tenant.status().tenantName()).isEqualTo("Contoso " + tenant.id);
        tenant.suspend();
        assertThat(tenant.check().tenantName()).isEqualTo("Contoso " + tenant.id);
    }

    @Test
    void whatHasEndedHasItStill() {
        var before = tenant.status().pageUrl();
        cloud.pass(Duration.ofDays(1));
        assertThat(tenant.ended().pageUrl()).isEqualTo(before);
        tenant.suspend();
        assertThat(tenant.check().pageUrl()).isEqualTo(before);
    }

    private Optional<PageLink> link() {
        return cloud.pages.verify(
                tenant.status().pageUrl().substring(("https://onboarding.example.com" + PageLinks.PATH).length()));
    }
}
