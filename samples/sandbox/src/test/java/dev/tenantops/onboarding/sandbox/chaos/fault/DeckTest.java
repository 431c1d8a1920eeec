package dev.tenantops.onboarding.sandbox.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.chaos.fault.FaultKind.Scope;
import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeckTest {

    private static final List<FaultKind> SEVEN = IntStream.range(0, 7)
            .mapToObj(it -> FaultKind.once("kind-" + it, Scope.ALL, (_, _) -> Ending.NONE))
            .toList();

    @Test
    void theSameSeedGivesTheSameOrder() {
        assertThat(names(new Deck(SEVEN, new Random(1)), 4)).isEqualTo(names(new Deck(SEVEN, new Random(1)), 4));
    }

    @Test
    void nothingComesTwiceAtOnce() {
        Deck deck = new Deck(SEVEN, new Random(2));
        for (int i = 0; i < 50; i++) {
            assertThat(deck.draw(4)).doesNotHaveDuplicates().hasSize(4);
        }
    }

    @Test
    void everythingComesBeforeAnythingComesAgain() {
        Deck deck = new Deck(SEVEN, new Random(3));
        List<FaultKind> drawn = new ArrayList<>(deck.draw(4));
        drawn.addAll(deck.draw(3));
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(SEVEN);
    }

    @Test
    void noMoreComeThanThereAre() {
        assertThat(new Deck(SEVEN, new Random(4)).draw(20)).containsExactlyInAnyOrderElementsOf(SEVEN);
    }

    @Test
    void atLeastThirtyKindsHaveNamesOfTheirOwn() {
        List<String> names = Stream.of(
                        ApiServerFaults.KINDS,
                        ReplicaFaults.KINDS,
                        ReplicaFaults.CLOCKS,
                        ObjectFaults.KINDS,
                        CloudFaults.KINDS)
                .flatMap(List::stream)
                .map(FaultKind::name)
                .toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(30);
    }

    private static List<String> names(Deck deck, int count) {
        return deck.draw(count).stream().map(FaultKind::name).toList();
    }
}
