package dev.tenantops.onboarding.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.sandbox.chaos.check.Observed.Told;
import org.junit.jupiter.api.Test;

class ObservedTest {

    private final Observed observed = new Observed();

    @Test
    void oneEventForEachTransitionIsAsItShouldBe() {
        stored(1, "True", "Onboarded");
        told("Onboarded", "first");
        stored(2, "False", "ConsentRevoked");
        stored(3, "True", "Onboarded");
        told("Onboarded", "second");
        told("ConsentRevoked", "third");
        assertThat(observed.toldTooOften(100)).isEmpty();
    }

    @Test
    void twoEventsForOneTransitionAreOneTooMany() {
        stored(1, "True", "Onboarded");
        told("Onboarded", "first");
        told("Onboarded", "second");
        assertThat(observed.toldTooOften(100)).singleElement().asString().contains("told 2 times, and 1 statuses");
    }

    @Test
    void anEventThatIsSeenTwiceIsOne() {
        stored(1, "True", "Onboarded");
        told("Onboarded", "first");
        told("Onboarded", "first");
        assertThat(observed.toldTooOften(100)).isEmpty();
    }

    @Test
    void anEventOfWhatWasNeverStoredIsOneTooMany() {
        stored(1, "True", "Onboarded");
        told("ConsentRevoked", "first");
        assertThat(observed.toldTooOften(100)).hasSize(1);
    }

    @Test
    void anEventThatIsNewMayBeAheadOfItsStatus() {
        stored(1, "True", "Onboarded");
        told("ConsentRevoked", "first");
        assertThat(observed.toldTooOften(5)).isEmpty();
    }

    @Test
    void aVersionThatChangesNothingIsNoTransition() {
        stored(1, "True", "Onboarded");
        stored(2, "True", "Onboarded");
        assertThat(observed.readyTransitions()).hasSize(1);
    }

    @Test
    void whatWasGrantedStaysKnownUntilItIsNoLongerLicensed() {
        applications(1, "[{\"name\": \"reports\", \"state\": \"Granted\"}]");
        applications(2, "[]");
        assertThat(observed.everGranted("reports")).isTrue();
        applications(3, "[{\"name\": \"reports\", \"state\": \"NoLongerLicensed\"}]");
        assertThat(observed.everGranted("reports")).isFalse();
    }

    private void stored(long at, String status, String reason) {
        observed.stored(version(
                at,
                "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"%s\", \"reason\": \"%s\"}]}"
                        .formatted(status, reason)));
    }

    private void applications(long at, String applications) {
        observed.stored(version(at, "{\"applications\": %s}".formatted(applications)));
    }

    private void told(String reason, String name) {
        observed.told(reason, new Told(50, name, "note"));
    }

    private static StoredStatus version(long at, String status) {
        try {
            return new StoredStatus(at, new ObjectMapper().readTree("{\"status\": %s}".formatted(status)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(status, e);
        }
    }
}
