package dev.tenantops.onboarding.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    @Test
    void aQuantileIsASampleThatSoManyDoNotExceed() {
        List<Double> hundred =
                IntStream.rangeClosed(1, 100).mapToObj(it -> 101.0 - it).toList();
        assertThat(Quantiles.of(hundred)).isEqualTo(new Quantiles(50, 99, 100));
    }

    @Test
    void ofFewSamplesTheBadEndIsTheWorst() {
        assertThat(Quantiles.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Quantiles(2, 3, 3));
    }
}
