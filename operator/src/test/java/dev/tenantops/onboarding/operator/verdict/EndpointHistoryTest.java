package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointHistoryTest {

    private static final ProbeTrace TRACE = new ProbeTrace("https://x", Optional.empty(), Optional.empty(), List.of());

    /** g: reached, n: not proven, d: DNS failed, t: TLS failed, a: address not allowed, u: unfinished. */
    @ParameterizedTest
    @CsvSource({
        "g,g", // the first result counts, whatever it is
        "d,d",
        "gd,gg", // one failure is none yet
        "gdd,ggd",
        "gdgd,gggd", // two of the last four are
        "gdgggd,gggggg", // but not two of five
        "gdt,ggt", // different failures are failures
        "dg,dd", // one success is none yet
        "dgg,ddd",
        "dggg,dddg", // three in a row are
        "dggdggg,ddddddg",
        "dgdgdg,dddddd", // what flaps stays red
        "dt,dd", // another failure counts when seen twice
        "dtt,ddt",
        "dtdt,dddd",
        "gn,gg", // and so does another kind of success
        "gnn,ggn",
        "ga,ga", // what was not tried counts at once
        "agd,agg",
        "dag,dag",
        "gu,gu", // nor did a probe that came to nothing
        "ugd,ugg"
    })
    void whatCountsAfterEachResult(String results, String counting) {
        var history = EndpointHistory.EMPTY;
        var counted = new StringBuilder();
        for (char result : results.toCharArray()) {
            history = history.and(result(result));
            counted.append(letter(history.counting().orElseThrow()));
            assertThat(history.settled()).isEqualTo(counted.charAt(counted.length() - 1) == result);
        }
        assertThat(counted).hasToString(counting);
    }

    @Test
    void redNeedsTwoFailuresOfFourAndGreenThreeSuccessesInARow() {
        var random = new SplittableRandom(5);
        for (int run = 0; run < 2_000; run++) {
            var history = EndpointHistory.EMPTY;
            var results = new ArrayList<Character>();
            for (int step = 0; step < 40; step++) {
                var before = history.counting().map(EndpointHistoryTest::letter);
                var next = "gnddt".charAt(random.nextInt(5));
                results.add(next);
                history = history.and(result(next));
                var after = letter(history.counting().orElseThrow());
                var lastFour = results.subList(Math.max(0, results.size() - 4), results.size());
                if (before.isPresent() && good(before.get()) && !good(after)) {
                    assertThat(lastFour.stream().filter(it -> !good(it)).count())
                            .isGreaterThanOrEqualTo(2);
                }
                if (before.isPresent() && !good(before.get()) && good(after)) {
                    assertThat(lastFour.subList(lastFour.size() - 3, lastFour.size()))
                            .allMatch(EndpointHistoryTest::good);
                }
                if (lastFour.size() == 4 && lastFour.stream().noneMatch(EndpointHistoryTest::good)) {
                    assertThat(good(after)).isFalse();
                }
                if (lastFour.size() == 4 && lastFour.stream().allMatch(EndpointHistoryTest::good)) {
                    assertThat(good(after)).isTrue();
                }
            }
        }
    }

    private static boolean good(char letter) {
        return letter == 'g' || letter == 'n';
    }

    private static ProbeResult result(char letter) {
        return switch (letter) {
            case 'g' -> new ProbeResult.Reachable(TRACE);
            case 'n' -> new ProbeResult.NotProven(TRACE, "401", "Ask");
            case 'u' -> new ProbeResult.Unfinished(TRACE, "error", "Report");
            case 'd' -> new ProbeResult.Unreachable(TRACE, Stage.Dns, Reason.DnsFailed, "no", "Ask");
            case 't' -> new ProbeResult.Unreachable(TRACE, Stage.Tls, Reason.TlsFailed, "no", "Ask");
            case 'a' -> new ProbeResult.Unreachable(TRACE, Stage.Address, Reason.AddressNotAllowed, "no", "Ask");
            default -> throw new IllegalArgumentException("No result is called " + letter);
        };
    }

    private static char letter(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Reachable _ -> 'g';
            case ProbeResult.NotProven _ -> 'n';
            case ProbeResult.Unfinished _ -> 'u';
            case ProbeResult.Unreachable it ->
                switch (it.stage()) {
                    case Dns -> 'd';
                    case Tls -> 't';
                    default -> 'a';
                };
        };
    }
}
