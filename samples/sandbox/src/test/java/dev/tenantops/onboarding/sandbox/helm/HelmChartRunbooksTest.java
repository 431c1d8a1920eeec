package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where alerts say that their runbooks are. */
class HelmChartRunbooksTest {

    private static final String EVERYWHERE = "runbookBaseUrl=https://docs.example.com/runbooks";
    private static final Pattern ADDRESS = Pattern.compile("runbook_url: (.*)/TenantOnboarding[A-Za-z]+\\.md");

    @Test
    void theyAreBesideThoseOfTheReasons() {
        assertThat(addresses("--set", EVERYWHERE)).containsOnly("https://docs.example.com/runbooks/alerts");
    }

    @Test
    void orWhereTheAlertsSay() {
        assertThat(addresses(
                        "--set",
                        EVERYWHERE,
                        "--set",
                        "metrics.prometheusRule.runbookBaseUrl=https://alerts.example.com/"))
                .containsOnly("https://alerts.example.com");
    }

    @Test
    void orNowhere() {
        assertThat(addresses()).isEmpty();
    }

    private static List<String> addresses(String... values) {
        String[] arguments = new String[values.length + 2];
        arguments[0] = "--set";
        arguments[1] = "metrics.prometheusRule.enabled=true";
        System.arraycopy(values, 0, arguments, 2, values.length);
        String rendered =
                HelmChart.succeeded(HelmChart.withHelm(HelmChart.VERSION).template(arguments));
        return ADDRESS.matcher(rendered).results().map(it -> it.group(1)).toList();
    }
}
