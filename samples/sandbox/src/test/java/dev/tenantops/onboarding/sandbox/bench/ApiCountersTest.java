package dev.tenantops.onboarding.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiCountersTest {

    private static final String LINE =
            "apiserver_request_total{code=\"%d\",component=\"apiserver\",dry_run=\"\",group=\"g\""
                    + ",resource=\"%s\",scope=\"resource\",subresource=\"%s\",verb=\"%s\",version=\"v1\"} %s";

    @Test
    void statusesAndEventsAreCountedThatWereTaken() {
        ApiCounters counters = counters(
                LINE.formatted(200, "tenantonboardings", "status", "PUT", "7"),
                LINE.formatted(409, "tenantonboardings", "status", "PUT", "2"),
                LINE.formatted(200, "tenantonboardings", "", "PUT", "5"),
                LINE.formatted(201, "events", "", "POST", "1.2e+04"));
        assertThat(counters.statuses()).isEqualTo(7);
        assertThat(counters.events()).isEqualTo(12_000);
    }

    @Test
    void refusalsAreToldApartByWhoseFaultTheyAre() {
        ApiCounters counters = counters(
                LINE.formatted(409, "tenantonboardings", "status", "PUT", "2"),
                LINE.formatted(422, "tenantonboardings", "status", "PATCH", "3"),
                LINE.formatted(504, "tenantonboardings", "status", "PUT", "4"),
                LINE.formatted(500, "events", "", "POST", "1"));
        assertThat(counters.conflicts()).isEqualTo(2);
        assertThat(counters.clientErrors()).isEqualTo(3);
        assertThat(counters.serverErrors()).isEqualTo(5);
    }

    @Test
    void whatIsReadDoesNotCount() {
        assertThat(counters(LINE.formatted(504, "tenantonboardings", "", "LIST", "4"))
                        .serverErrors())
                .isZero();
    }

    @Test
    void onlyWhatCameSinceCounts() {
        ApiCounters before = counters(LINE.formatted(200, "tenantonboardings", "status", "PUT", "7"));
        ApiCounters after = counters(LINE.formatted(200, "tenantonboardings", "status", "PUT", "9"));
        assertThat(after.since(before).statuses()).isEqualTo(2);
    }

    private static ApiCounters counters(String... lines) {
        return ApiCounters.of(
                Stream.concat(Stream.of("# TYPE apiserver_request_total counter", "go_threads 9"), Stream.of(lines)));
    }
}
