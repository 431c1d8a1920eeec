package dev.tenantops.onboarding.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionTest {

    @Test
    void oneCauseIsToldOnceWithTheReasonOfItsCondition() {
        var before = List.of(
                condition("ConsentGranted", Status.True, "AllGranted"), condition("Ready", Status.True, "Onboarded"));
        var after = List.of(
                condition("ConsentGranted", Status.False, "ConsentRevoked"),
                condition("Ready", Status.False, "ConsentRevoked"));
        assertThat(Transition.between(before, after))
                .containsExactly(new Transition("ConsentRevoked", "ConsentGranted", true));
    }

    @Test
    void whatStayedTheSameIsNotTold() {
        var same = List.of(condition("Ready", Status.True, "Onboarded"));
        assertThat(Transition.between(same, same)).isEmpty();
    }

    @Test
    void aFirstVisitThatFindsWhatIsExpectedIsToldOnce() {
        var after = List.of(
                condition("ConsentGranted", Status.True, "AllGranted"),
                condition("NetworkReachable", Status.True, "AllReachable"),
                condition("Ready", Status.True, "Onboarded"),
                condition("VerifierAuthorized", Status.True, "Authorized"));
        assertThat(Transition.between(List.of(), after)).containsExactly(new Transition("Onboarded", "Ready", false));
    }

    @Test
    void aFirstVisitTellsWhateverIsWrong() {
        var after = List.of(
                condition("ConsentGranted", Status.False, "ConsentRequired"),
                condition("NetworkReachable", Status.False, "DnsFailed"),
                condition("Ready", Status.False, "ConsentRequired"),
                condition("VerifierAuthorized", Status.True, "Authorized"));
        assertThat(Transition.between(List.of(), after))
                .containsExactly(
                        new Transition("ConsentRequired", "ConsentGranted", true),
                        new Transition("DnsFailed", "NetworkReachable", true));
    }

    @Test
    void laterEachTransitionIsToldByItself() {
        var before = List.of(
                condition("NetworkReachable", Status.Unknown, "Probing"),
                condition("Ready", Status.Unknown, "Probing"),
                condition("Reconciling", Status.True, "Probing"));
        var after = List.of(
                condition("NetworkReachable", Status.True, "AllReachable"),
                condition("Ready", Status.True, "Onboarded"));
        assertThat(Transition.between(before, after))
                .extracting(Transition::reason)
                .containsExactly("AllReachable", "Onboarded");
    }

    @Test
    void goodNewsIsNormalAndBadNewsIsAWarning() {
        var before = List.of(condition("Ready", Status.Unknown, "Probing"));
        var after = List.of(
                condition("Ready", Status.True, "Onboarded"),
                condition("Stalled", Status.True, "UnknownCatalog"),
                condition("Reconciling", Status.True, "NotVerified"));
        assertThat(Transition.between(before, after))
                .containsExactlyInAnyOrder(
                        new Transition("Onboarded", "Ready", false),
                        new Transition("UnknownCatalog", "Stalled", true),
                        new Transition("NotVerified", "Reconciling", false));
    }

    @Test
    void whatAPersonAskedForAndWhatIsOnItsWayIsNormal() {
        var before = List.of(condition("Ready", Status.True, "Onboarded"));
        var after = List.of(
                condition("ConsentGranted", Status.Unknown, "Propagating"),
                condition("VerifierAuthorized", Status.Unknown, "Suspended"));
        assertThat(Transition.between(before, after)).hasSize(2).noneMatch(Transition::warning);
    }

    private static Condition condition(String type, Status status, String reason) {
        return new Condition(type, status, 1, "2026-03-01T12:00:00Z", reason, type);
    }
}
