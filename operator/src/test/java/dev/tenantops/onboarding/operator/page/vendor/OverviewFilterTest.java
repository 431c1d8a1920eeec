package dev.tenantops.onboarding.operator.page.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverviewFilterTest {

    private static final OverviewRow ROW = OverviewFixture.row("False", "ConsentRequired");

    @Test
    void withoutParametersEverythingIsWanted() {
        assertThat(OverviewFilter.of(Map.of())).isEqualTo(OverviewFilter.ALL).satisfies(it -> {
            assertThat(it.wantsAll()).isTrue();
            assertThat(it.matches(ROW)).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ready=False",
                "actor=Customer",
                "namespace=customer-a",
                "text=CONTOSO",
                "text=c0470500",
                "text= consentreq ",
                "ready=nonsense",
                "actor=",
                "page=7"
            })
    void aRowThatIsAsAskedForMatches(String parameter) {
        assertThat(of(parameter).matches(ROW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready=True", "actor=Vendor", "namespace=customer", "text=fabrikam"})
    void anotherRowDoesNot(String parameter) {
        assertThat(of(parameter).matches(ROW)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=-1", "page=1e9", "page=99999999999", "page=x", "page="})
    void aPageThatIsNoNumberIsTheFirst(String parameter) {
        assertThat(of(parameter).page()).isEqualTo(1);
    }

    @Test
    void aLongTextIsCut() {
        assertThat(of("text=" + "x".repeat(100_000)).text()).hasSize(OverviewFilter.LONGEST_TEXT);
        assertThat(of("namespace=" + "x".repeat(100_000)).namespace()).hasSize(63);
    }

    @Test
    void aLinkToAnotherPageAsksForTheSameAndIsReadAsItWasWritten() {
        var filter = of("text=a&b=<\"ü");
        var query = filter.query(3, Optional.of(Language.de));
        assertThat(query).isEqualTo("?text=a%26b%3D%3C%22%C3%BC&page=3&lang=de");
        assertThat(OverviewFilter.ALL.query(1, Optional.empty())).isEmpty();
    }

    private static OverviewFilter of(String parameter) {
        var parts = parameter.split("=", 2);
        return OverviewFilter.of(Map.of(parts[0], List.of(parts[1])));
    }
}
