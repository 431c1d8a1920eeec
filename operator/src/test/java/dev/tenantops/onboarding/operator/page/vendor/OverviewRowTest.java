package dev.tenantops.onboarding.operator.page.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverviewRowTest {

    @Test
    void aRowSaysWhatTheStatusSaysAndWhoIsNext() {
        assertThat(OverviewFixture.row("False", "ConsentRequired")).satisfies(it -> {
            assertThat(it.tenantName()).contains("Contoso");
            assertThat(it.ready()).isEqualTo(Ready.False);
            assertThat(it.actor()).isEqualTo(NextActor.Customer);
            assertThat(it.since()).contains(Instant.parse("2026-05-01T08:00:00Z"));
            assertThat(it.granted()).isEqualTo("3/5");
            assertThat(it.page()).contains(URI.create("https://onboarding.example.com/onboarding/token"));
        });
        assertThat(OverviewFixture.row("True", "Onboarded").ready()).isEqualTo(Ready.True);
    }

    @Test
    void evidenceThatHasEndedIsNotReadyAnyMore() {
        var onboarding = OverviewFixture.onboarding("customer-a", "contoso", "True", "Onboarded");
        var ended = Instant.parse("2026-06-01T12:10:00Z");
        assertThat(OverviewRow.of(onboarding, ended.minusSeconds(1)).ready()).isEqualTo(Ready.True);
        assertThat(OverviewRow.of(onboarding, ended)).satisfies(it -> {
            assertThat(it.ready()).isEqualTo(Ready.Unknown);
            assertThat(it.reason()).isEqualTo("NotVerified");
            assertThat(it.since()).contains(ended);
        });
    }

    @Test
    void aStatusOfAnOlderSpecSaysNothing() {
        var onboarding = OverviewFixture.onboarding("customer-a", "contoso", "True", "Onboarded");
        onboarding.getMetadata().setGeneration(2L);
        assertThat(OverviewRow.of(onboarding, OverviewFixture.NOW).ready()).isEqualTo(Ready.Unknown);
    }

    @Test
    void anOnboardingThatNobodyHasLookedAtIsUnknown() {
        assertThat(OverviewRow.of(OverviewFixture.onboarding("customer-a", "contoso", ""), OverviewFixture.NOW))
                .satisfies(it -> {
                    assertThat(it.ready()).isEqualTo(Ready.Unknown);
                    assertThat(it.tenantName()).isEmpty();
                    assertThat(it.page()).isEmpty();
                    assertThat(it.granted()).isEmpty();
                });
    }

    @Test
    void aReasonWithoutWordsIsShownAsItIsAndForThePlatformTeam() {
        assertThat(OverviewFixture.row("False", "OfALaterVersion")).satisfies(it -> {
            assertThat(it.known()).isEmpty();
            assertThat(it.reason()).isEqualTo("OfALaterVersion");
            assertThat(it.actor()).isEqualTo(NextActor.Platform);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "//evil.example", "not a link", "file:///etc/passwd"})
    void whatIsNoLinkOfTheWebIsNoLink(String link) {
        assertThat(OverviewRow.of(
                                OverviewFixture.onboarding("a", "b", "  pageUrl: \"" + link + "\"\n"),
                                OverviewFixture.NOW)
                        .page())
                .isEmpty();
    }

    @Test
    void whatIsOpenComesBeforeWhatIsUnknownAndThatBeforeWhatIsDone() {
        assertThat(Stream.of(
                                OverviewFixture.row("True", "Onboarded"),
                                OverviewFixture.row("Unknown", "NotVerified"),
                                OverviewFixture.row("False", "ConsentRequired"))
                        .sorted(OverviewRow.ORDER))
                .extracting(OverviewRow::ready)
                .containsExactly(Ready.False, Ready.Unknown, Ready.True);
    }
}
