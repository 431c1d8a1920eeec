package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageLimitsTest {

    @Test
    void whoeverAsksTooOftenIsToldHowLongToWaitAndNobodyElseIs() {
        var limits = new PageLimits(2, 3);
        assertThat(limits.address("a")).isEmpty();
        assertThat(limits.address("a")).isEmpty();
        assertThat(limits.address("a")).isEmpty();
        assertThat(limits.address("a").orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(limits.address("b")).isEmpty();
        assertThat(limits.link("a")).isEmpty();
    }

    @Test
    void oneWithoutRoomIsCountedNowhere() {
        var counted = new Counted();
        var all = new Counted.Key("all", 3);
        var link = new Counted.Key("link", 1);
        assertThat(counted.enter(List.of(all, link))).isTrue();
        assertThat(counted.enter(List.of(all, link))).isFalse();
        assertThat(counted.enter(List.of(all))).isTrue();
        assertThat(counted.enter(List.of(all))).isTrue();
        assertThat(counted.enter(List.of(all))).isFalse();
        counted.leave(List.of(all, link));
        assertThat(counted.enter(List.of(all, link))).isTrue();
    }
}
