package dev.tenantops.onboarding.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.sandbox.chaos.customer.Consent;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettledTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Customer customer = new Customer("north", "one", "tenant", List.of("reports"));

    @Test
    void theTruthIsRight() {
        consented();
        assertThat(wrong("Granted", "True", "2026-01-01T12:00:15Z")).isEmpty();
    }

    @Test
    void aGreenThatIsNotTrueIsWrong() {
        assertThat(wrong("Granted", "True", "2026-01-01T12:00:15Z")).isPresent();
    }

    @Test
    void aSummaryThatContradictsIsWrong() {
        consented();
        assertThat(wrong("Granted", "Unknown", "2026-01-01T12:00:15Z")).contains("Ready is Unknown");
    }

    @Test
    void whatHasEndedIsWrong() {
        consented();
        assertThat(wrong("Granted", "True", "2026-01-01T11:59:59Z")).isPresent();
    }

    @Test
    void whatLastsLongerThanEvidenceIsWrong() {
        consented();
        assertThat(wrong("Granted", "True", "2026-01-01T13:00:00Z")).isPresent();
    }

    @Test
    void aGhostIsWrong() {
        consented();
        assertThat(wrong("{'name': 'reports', 'state': 'Granted'}, {'name': 'ghost', 'state': 'Granted'}"))
                .contains("nobody licenses ghost, which is Granted");
    }

    @Test
    void whatALicenceLeftBehindIsRight() {
        consented();
        assertThat(wrong("{'name': 'reports', 'state': 'Granted'}, {'name': 'old', 'state': 'NoLongerLicensed'}"))
                .isEmpty();
    }

    private void consented() {
        customer.set("reports", Consent.GRANTED, () -> {});
    }

    private Optional<String> wrong(String applications) {
        return wrong(applications, "True", "2026-01-01T12:00:15Z", true);
    }

    private Optional<String> wrong(String state, String ready, String validUntil) {
        return wrong("{'name': 'reports', 'state': '%s'}".formatted(state), ready, validUntil, true);
    }

    private Optional<String> wrong(String applications, String ready, String validUntil, boolean current) {
        Observed observed = new Observed();
        String object = """
                {'metadata': {'generation': 2}, 'spec': {'tenantId': 'tenant'},
                 'status': {'observedGeneration': %d, 'applications': [%s], 'validUntil': '%s',
                            'conditions': [{'type': 'Ready', 'status': '%s', 'reason': 'Any'}]}}
                """.formatted(current ? 2 : 1, applications, validUntil, ready);
        try {
            observed.stored(new StoredStatus(1, new ObjectMapper().readTree(object.replace('\'', '"'))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(object, e);
        }
        return Settled.wrong(customer, observed, NOW);
    }
}
