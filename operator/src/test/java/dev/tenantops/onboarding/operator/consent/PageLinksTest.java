package dev.tenantops.onboarding.operator.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageLinksTest {

    private static final URI PUBLIC = URI.create("https://onboarding.example.com");
    private static final long SEED = 20_261_128;
    private static final PageKeys ONE = keys(1);
    private static final PageLink LINK =
            new PageLink("3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10", 1, Optional.of(Instant.parse("2027-03-31T00:00:00Z")));

    @Test
    void aLinkProvesWhatItWasMadeFor() {
        var random = new Random(SEED);
        var links = links(ONE);
        for (var i = 0; i < 1000; i++) {
            var link = new PageLink(
                    new UUID(random.nextLong(), random.nextLong()).toString(),
                    random.nextInt(),
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(Instant.ofEpochSecond(random.nextInt(1, Integer.MAX_VALUE))));
            var token = links.token(link).orElseThrow();
            assertThat(token).hasSize(PageLinks.TOKEN_LENGTH).matches("[A-Za-z0-9_-]+");
            assertThat(links.verify(token)).contains(link);
        }
    }

    @Test
    void aLinkInWhichOneBitDiffersProvesNothing() {
        var links = links(ONE);
        var bytes = Base64.getUrlDecoder().decode(links.token(LINK).orElseThrow());
        for (var bit = 0; bit < bytes.length * 8; bit++) {
            var other = bytes.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(links.verify(encoded(other))).as("bit " + bit).isEmpty();
        }
    }

    @Test
    void whatIsNoLinkProvesNothingAndBreaksNothing() {
        var links = links(ONE);
        var token = links.token(LINK).orElseThrow();
        var random = new Random(SEED);
        var tokens = List.of(
                "",
                token.substring(1),
                token + "A",
                token + "=",
                token.replace(token.charAt(5), '+'),
                " " + token.substring(1),
                "\u0000".repeat(PageLinks.TOKEN_LENGTH),
                "é".repeat(PageLinks.TOKEN_LENGTH),
                "A".repeat(1_000_000));
        assertThat(tokens).allSatisfy(it -> assertThat(links.verify(it)).isEmpty());
        for (var i = 0; i < 1000; i++) {
            var bytes = new byte[64];
            random.nextBytes(bytes);
            assertThat(links.verify(encoded(bytes))).isEmpty();
        }
    }

    @Test
    void aLinkThatAnotherKeySignedProvesNothingThoughTheKeyHasItsNumber() {
        var token = links(ONE).token(LINK).orElseThrow();
        var other = PageKeys.of(Map.of(1, new byte[32]), Set.of());
        assertThat(links(other).verify(token)).isEmpty();
        assertThat(links(PageKeys.NONE).verify(token)).isEmpty();
    }

    @Test
    void theGreatestKeySignsAndTheOthersStillProve() {
        var old = links(ONE).token(LINK).orElseThrow();
        var both = links(keys(1, 2));
        assertThat(both.verify(old)).contains(LINK);
        assertThat(links(keys(2)).verify(both.token(LINK).orElseThrow())).contains(LINK);
        assertThat(links(keys(2)).verify(old)).isEmpty();
    }

    @Test
    void aKeyThatIsNotEverywhereYetSignsOnlyWhereThereIsNoOther() {
        assertThat(links(keys(Set.of(2), 1, 2)).token(LINK))
                .isEqualTo(links(ONE).token(LINK));
        assertThat(links(keys(Set.of(1, 2), 1, 2)).token(LINK))
                .isEqualTo(links(keys(2)).token(LINK));
    }

    @Test
    void anAddressThatIsGoodIsNoReasonToWriteThoughANewerKeySignsNow() {
        var old = links(ONE).url(LINK).map(URI::toString);
        assertThat(links(ONE).address(LINK, old)).isEqualTo(new PageAddress(old, true));
        var rotated = links(keys(1, 2));
        assertThat(rotated.address(LINK, old))
                .isEqualTo(new PageAddress(rotated.url(LINK).map(URI::toString), true));
        assertThat(links(keys(2)).address(LINK, old).previousStands()).isFalse();
    }

    @Test
    void anAddressOfANewerKeyStays() {
        var newer = links(keys(1, 2)).url(LINK).map(URI::toString);
        assertThat(links(keys(Set.of(2), 1, 2)).address(LINK, newer)).isEqualTo(new PageAddress(newer, true));
    }

    @Test
    void anAddressOfAnotherVersionEndHostOrOnboardingIsReplaced() {
        var links = links(ONE);
        var good = links.url(LINK).map(URI::toString);
        var others = List.of(
                links.url(new PageLink(LINK.uid(), 2, LINK.end())).orElseThrow().toString(),
                links.url(new PageLink(LINK.uid(), 1, Optional.empty()))
                        .orElseThrow()
                        .toString(),
                links.url(new PageLink(UUID.randomUUID().toString(), 1, LINK.end()))
                        .orElseThrow()
                        .toString(),
                good.orElseThrow().replace("onboarding.example.com", "onboarding.example.org"),
                "https://onboarding.example.com/onboarding/",
                "nonsense");
        assertThat(others)
                .allSatisfy(
                        it -> assertThat(links.address(LINK, Optional.of(it))).isEqualTo(new PageAddress(good, false)));
        assertThat(links.address(LINK, Optional.empty())).isEqualTo(new PageAddress(good, false));
    }

    @Test
    void whileNoKeyIsKnownAnAddressStaysAsItIs() {
        var links = links(PageKeys.NONE);
        assertThat(links.address(LINK, Optional.of("https://before")))
                .isEqualTo(new PageAddress(Optional.of("https://before"), true));
        assertThat(links.address(LINK, Optional.empty()).url()).isEmpty();
        assertThat(links.url(LINK)).isEmpty();
    }

    @Test
    void aLinkEndsAtItsSecond() {
        var end = LINK.end().orElseThrow();
        assertThat(LINK.hasEnded(end.minusMillis(1))).isFalse();
        assertThat(LINK.hasEnded(end)).isTrue();
        assertThat(new PageLink(LINK.uid(), 1, Optional.empty()).hasEnded(Instant.MAX))
                .isFalse();
        assertThat(new PageLink(LINK.uid(), 1, Optional.of(end.plusNanos(5)))).isEqualTo(LINK);
    }

    @Test
    void anObjectWhoseUidNoApiServerGaveHasNoPage() {
        assertThat(links(ONE).url(new PageLink("uid", 1, Optional.empty()))).isEmpty();
        assertThat(links(ONE).url(new PageLink("1-1-1-1-1", 1, Optional.empty())))
                .isEmpty();
    }

    @Test
    void onlyEntriesOfTheAgreedFormAreKeys() {
        assertThat(PageKeys.number("key-1")).contains(1);
        assertThat(PageKeys.number("key-120")).contains(120);
        assertThat(List.of("key-0", "key-01", "key--1", "key-", "key-9999999999", "KEY-1", "key-1 ", "current"))
                .allSatisfy(it -> assertThat(PageKeys.number(it)).isEmpty());
    }

    @Test
    void aShortKeyIsRefusedAndNeverShown() {
        assertThatThrownBy(() -> PageKeys.of(Map.of(1, new byte[31]), Set.of()))
                .hasMessage("key-1 has 31 bytes, and needs 32");
        assertThat(keys(1, 2)).hasToString("PageKeys[1, 2]");
    }

    private static PageLinks links(PageKeys keys) {
        return new PageLinks(PUBLIC, () -> keys);
    }

    private static PageKeys keys(int... numbers) {
        return keys(Set.of(), numbers);
    }

    private static PageKeys keys(Set<Integer> arriving, int... numbers) {
        return PageKeys.of(
                IntStream.of(numbers).boxed().collect(Collectors.toMap(it -> it, PageLinksTest::secret)), arriving);
    }

    private static byte[] secret(int number) {
        var secret = new byte[32];
        Arrays.fill(secret, (byte) number);
        return secret;
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
