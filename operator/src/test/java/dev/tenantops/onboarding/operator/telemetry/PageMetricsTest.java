package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.consent.PageLinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted of the requests of browsers. */
class PageMetricsTest {

    private static final String TOKEN = "eyJ1aWQiOiIx.c2lnbmF0dXJl";

    @Test
    void aPageIsOneRouteWhoeverItIsOf() {
        assertThat(PageRoute.of(PageLinks.PATH + TOKEN)).isEqualTo(PageRoute.Page);
        assertThat(PageRoute.of(PageLinks.PATH + TOKEN + "/content")).isEqualTo(PageRoute.Page);
        assertThat(PageRoute.of(PageLinks.PATH + TOKEN + "/pack.md")).isEqualTo(PageRoute.Page);
        assertThat(PageRoute.of(PageLinks.PATH)).isEqualTo(PageRoute.Page);
        assertThat(PageRoute.of(PageLinks.PATH + TOKEN + "/events")).isEqualTo(PageRoute.Events);
    }

    @ParameterizedTest
    @CsvSource({
        "/consent/callback,Callback",
        "/onboardings,Overview",
        "/onboardings/onboardings.csv,Overview",
        "/onboardings-of-others,Other",
        "/,Other",
        "/assets/page.css,Other",
        "/consent/callback/more,Other",
        "/whatever/a/stranger/asks,Other"
    })
    void whateverIsAskedForIsOneOfAFewRoutes(String path, PageRoute route) {
        assertThat(PageRoute.of(path)).isEqualTo(route);
    }

    @ParameterizedTest
    @CsvSource({
        "200,Succeeded",
        "303,Succeeded",
        "304,Succeeded",
        "404,Denied",
        "410,Denied",
        "429,Throttled",
        "500,Failed",
        "503,Failed"
    })
    void anAnswerIsOneOfFourOutcomes(int status, PageOutcome outcome) {
        assertThat(PageOutcome.of(status)).isEqualTo(outcome);
    }
}
