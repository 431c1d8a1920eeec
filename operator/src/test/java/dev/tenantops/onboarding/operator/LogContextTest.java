package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the whole operator writes into its log. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class LogContextTest extends OperatorInSandbox {

    private Customer customer;

    @BeforeEach
    void setUp() {
        customer = newCustomer();
    }

    @Test
    void aTransitionIsOneLineThatNamesTheOnboardingAndItsTenant() {
        try (var log = new CapturedLog(Level.INFO)) {
            customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
            customer.consentToAll();
            customer.awaitReady();
            assertThat(lines(log)).isNotEmpty().allSatisfy(it -> {
                assertThat(it.level().intValue()).isEqualTo(Level.INFO.intValue());
                assertThat(it.context())
                        .containsEntry("namespace", customer.namespace)
                        .containsEntry("name", "contoso")
                        .containsEntry("tenantId", customer.tenant);
            });
            assertThat(lines(log))
                    .filteredOn(it -> it.text().contains(": Onboarded: "))
                    .hasSize(1);
        }
    }

    @Test
    void aCheckThatFindsNothingNewWritesNoLine() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        var requests = sandbox.microsoft().requests();
        // The line of the last transition is written when its status is.
        var settled = requests.count(RequestKind.BATCH, customer.tenant) + 2;
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .until(() -> requests.count(RequestKind.BATCH, customer.tenant) >= settled);
        try (var log = new CapturedLog(Level.INFO)) {
            var before = requests.count(RequestKind.BATCH, customer.tenant);
            Awaitility.await()
                    .atMost(Customer.PATIENCE)
                    .until(() -> requests.count(RequestKind.BATCH, customer.tenant) >= before + 4);
            assertThat(lines(log)).isEmpty();
        }
    }

    private List<CapturedLog.Line> lines(CapturedLog log) {
        return log.lines().stream()
                .filter(it -> it.text().contains(customer.namespace)
                        || customer.namespace.equals(it.context().get("namespace")))
                .toList();
    }
}
