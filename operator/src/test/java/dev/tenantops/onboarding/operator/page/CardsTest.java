package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.page.view.ConsentOutcome;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CardsTest {

    @ParameterizedTest
    @EnumSource
    void everyFailureOfAConsentIsAnOutcomeOfThePage(ConsentFailure failure) {
        assertThat(Cards.outcome(failure).name()).isEqualTo(failure.name());
    }

    @Test
    void everyOutcomeOfThePageIsAFailureOrReportedOrOfAnotherTenant() {
        assertThat(Stream.of(ConsentOutcome.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("Reported", "OtherTenant"),
                                Stream.of(ConsentFailure.values()).map(Enum::name))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyCardSaysWhatHappenedAndWhatToDo(Language language) {
        var cards = new Cards(Words.of(language));
        var all = Stream.concat(
                Stream.of(
                        cards.notFound(),
                        cards.ended(),
                        cards.tooMany(),
                        cards.root(),
                        cards.callback(new CallbackOutcome.NothingChanged(), false),
                        cards.callback(new CallbackOutcome.OtherTenant("tenant"), false),
                        cards.callback(new CallbackOutcome.EarlierLink("tenant", "application"), false),
                        cards.callback(new CallbackOutcome.Unasked(), false)),
                Stream.of(ConsentFailure.values())
                        .map(it -> cards.callback(
                                new CallbackOutcome.NotGiven(new ConsentRefusal(it, Optional.empty())), false)));
        assertThat(all).allSatisfy(it -> {
            var page = AdministratorRendering.render(
                    "administrator/card", language, Map.of("card", it, "at", AdministratorRendering.request(language)));
            assertThat(page).contains("<html lang=\"" + language.tag() + "\"");
            assertThat(it.title()).isNotBlank();
            assertThat(it.paragraphs()).isNotEmpty().noneMatch(String::isBlank);
        });
    }

    @Test
    void theCodeIsAllThatIsShownOfARefusal() {
        var cards = new Cards(Words.of(Language.English));
        var refusal = ConsentRefusal.of("access_denied", "", "AADSTS65004: <b>text</b>", "");
        assertThat(cards.callback(new CallbackOutcome.NotGiven(refusal), false).paragraphs())
                .last()
                .isEqualTo("Microsoft's code for it: AADSTS65004");
    }

    @Test
    void whetherItIsVerifiedNowOrLaterIsTold() {
        var cards = new Cards(Words.of(Language.English));
        assertThat(List.of(
                        cards.callback(new CallbackOutcome.Unasked(), true),
                        cards.callback(new CallbackOutcome.Unasked(), false)))
                .doesNotHaveDuplicates();
    }
}
