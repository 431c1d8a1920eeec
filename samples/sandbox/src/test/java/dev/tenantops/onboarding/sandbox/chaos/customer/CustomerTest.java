package dev.tenantops.onboarding.sandbox.chaos.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerTest {

    private final Customer customer = new Customer("north", "one", "tenant", List.of("reports", "presence"));

    @Test
    void aNewCustomerHasNeverBeenComplete() {
        assertThat(customer.complete()).isFalse();
        assertThat(customer.everComplete()).isFalse();
        assertThat(customer.incompleteSince()).isNotEmpty();
    }

    @Test
    void oneThatHasConsentedToAllIsComplete() {
        consented("reports", "presence");
        assertThat(customer.complete()).isTrue();
        assertThat(customer.incompleteSince()).isEmpty();
    }

    @Test
    void aFurtherLossDoesNotBeginTheTimeAnew() {
        consented("reports", "presence");
        customer.set("reports", Consent.REVOKED, () -> {});
        var since = customer.incompleteSince();
        customer.set("presence", Consent.DISABLED, () -> {});
        assertThat(customer.incompleteSince()).isEqualTo(since);
        assertThat(customer.everComplete()).isTrue();
    }

    @Test
    void whatIsNoLongerLicensedIsNotMissing() {
        consented("reports");
        customer.license(List.of("reports"));
        assertThat(customer.complete()).isTrue();
    }

    @Test
    void whatGetsWorseCountsFromAfterTheChange() {
        consented("reports", "presence");
        customer.set(
                "reports",
                Consent.REVOKED,
                () -> assertThat(customer.complete()).isTrue());
        assertThat(customer.complete()).isFalse();
    }

    @Test
    void whatGetsBetterCountsFromBeforeTheChange() {
        consented("reports");
        customer.set(
                "presence",
                Consent.GRANTED,
                () -> assertThat(customer.complete()).isTrue());
    }

    @Test
    void whatWasSeenGrantedIsNotToBeAskedForAsIfItWereNew() {
        assertThat(Consent.REVOKED.allows("ConsentRequired", true)).isFalse();
        assertThat(Consent.REVOKED.allows("ConsentRevoked", true)).isTrue();
        assertThat(Consent.REVOKED.allows("ConsentRequired", false)).isTrue();
        assertThat(Consent.NEVER.allows("ConsentRequired", false)).isTrue();
        assertThat(Consent.GRANTED.allows("Propagating", true)).isFalse();
    }

    private void consented(String... applications) {
        for (String application : applications) {
            customer.set(application, Consent.GRANTED, () -> {});
        }
    }
}
