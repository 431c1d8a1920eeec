package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import org.openqa.selenium.WebDriver;

/** The rules of WCAG 2.2 AA, and good practice, as far as a program can check them. */
final class Accessibility {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private Accessibility() {}

    /** @param where what the browser shows, for whoever reads the failure */
    static void assertNoRuleIsBroken(WebDriver browser, String where) {
        var broken = new AxeBuilder().withTags(RULES).analyze(browser).getViolations();
        assertThat(broken.stream().map(Accessibility::said)).as(where).isEmpty();
    }

    private static String said(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream()
                        .map(it -> String.valueOf(it.getTarget()))
                        .toList();
    }
}
