package dev.tenantops.onboarding.operator.page.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OverviewTest {

    private static final Access ALL = access("*");

    @Test
    void onlyNamespacesOfOnesOwnAreCountedAndNamed() {
        var overview =
                overview(access("customer-a"), OverviewFilter.ALL, onboardings("customer-a", 3, "customer-b", 4));
        assertThat(overview.visible()).isEqualTo(3);
        assertThat(overview.namespaces()).containsExactly("customer-a");
        assertThat(overview.rows()).extracting(OverviewRow::namespace).containsOnly("customer-a");
    }

    @Test
    void aFilterForANamespaceThatIsNotOnesOwnShowsNothing() {
        var filter = OverviewFilter.of(Map.of("namespace", List.of("customer-b")));
        assertThat(overview(access("customer-a"), filter, onboardings("customer-a", 3, "customer-b", 4)))
                .satisfies(it -> {
                    assertThat(it.rows()).isEmpty();
                    assertThat(it.matching()).isZero();
                });
    }

    @Test
    void whoSeesNothingSeesNothing() {
        var overview = overview(
                new Access.Nothing(Access.Cause.NoGroup), OverviewFilter.ALL, onboardings("customer-a", 3, "b", 1));
        assertThat(overview.visible()).isZero();
        assertThat(overview.rows()).isEmpty();
    }

    @Test
    void aPageHasFiftyRowsAndTheLastOneTheRest() {
        var onboardings = onboardings("customer-a", 101, "b", 0);
        assertThat(overview(ALL, page(1), onboardings)).satisfies(it -> {
            assertThat(it.rows()).hasSize(50);
            assertThat(it.pages()).isEqualTo(3);
        });
        assertThat(overview(ALL, page(3), onboardings).rows()).hasSize(1);
    }

    @Test
    void aPageBehindTheLastIsTheLast() {
        assertThat(overview(ALL, page(99), onboardings("customer-a", 60, "b", 0)))
                .satisfies(it -> {
                    assertThat(it.page()).isEqualTo(2);
                    assertThat(it.rows()).hasSize(10);
                });
    }

    @Test
    void noMoreThanTenThousandAreShownAndSaidSo() {
        var many = onboardings("customer-a", 10_000, "b", 0);
        assertThat(overview(ALL, OverviewFilter.ALL, many).cut()).isFalse();
        var more = onboardings("customer-a", 10_000, "b", 1);
        assertThat(overview(ALL, OverviewFilter.ALL, more)).satisfies(it -> {
            assertThat(it.cut()).isTrue();
            assertThat(it.visible()).isEqualTo(10_000);
            assertThat(it.matching()).isEqualTo(10_000);
        });
        assertThat(Overview.rows(more.stream(), ALL, OverviewFilter.ALL, OverviewFixture.NOW))
                .hasSize(10_000);
    }

    @Test
    void whatMatchesIsCountedByState() {
        var overview = overview(
                ALL,
                OverviewFilter.ALL,
                List.of(
                        OverviewFixture.onboarding("a", "a", "True", "Onboarded"),
                        OverviewFixture.onboarding("a", "b", "False", "ConsentRequired"),
                        OverviewFixture.onboarding("a", "c", "False", "ConsentRevoked"),
                        OverviewFixture.onboarding("a", "d", "")));
        assertThat(overview.count(Ready.True)).isEqualTo(1);
        assertThat(overview.count(Ready.False)).isEqualTo(2);
        assertThat(overview.count(Ready.Unknown)).isEqualTo(1);
    }

    @Test
    void theLanguageIsTheFirstOfTheBrowsersThatThereIs() {
        assertThat(Language.preferred(List.of(Locale.FRANCE, Locale.GERMANY, Locale.UK)))
                .isEqualTo(Language.de);
        assertThat(Language.preferred(List.of(Locale.FRANCE))).isEqualTo(Language.en);
        assertThat(Language.of("de")).isEqualTo(Optional.of(Language.de));
        assertThat(Language.of("fr")).isEmpty();
    }

    private static OverviewFilter page(int number) {
        return OverviewFilter.of(Map.of("page", List.of(Integer.toString(number))));
    }

    private static Overview overview(Access access, OverviewFilter filter, List<TenantOnboarding> onboardings) {
        return Overview.of(onboardings.stream(), access, filter, OverviewFixture.NOW);
    }

    private static List<TenantOnboarding> onboardings(String first, int many, String second, int more) {
        var template = OverviewFixture.onboarding("x", "x", "False", "ConsentRequired");
        return Stream.concat(
                        IntStream.range(0, many).mapToObj(it -> named(template, first, it)),
                        IntStream.range(0, more).mapToObj(it -> named(template, second, it)))
                .toList();
    }

    private static TenantOnboarding named(TenantOnboarding template, String namespace, int number) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("o" + number)
                .withGeneration(1L)
                .build());
        onboarding.setSpec(template.getSpec());
        onboarding.setStatus(template.getStatus());
        return onboarding;
    }

    private static Access access(String... patterns) {
        return new Access.Namespaces(
                Stream.of(patterns).map(NamespacePattern::new).toList());
    }
}
