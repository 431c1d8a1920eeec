package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import dev.tenantops.onboarding.operator.consent.PageLink;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.page.AdministratorPages.Found;
import dev.tenantops.onboarding.operator.page.PageStreams.Told;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageStreamsTest {

    private static final URI PUBLIC = URI.create("https://onboarding.example.com");
    private static final PageKeys KEYS = PageKeys.of(Map.of(1, new byte[PageKeys.LEAST_BYTES]), Set.of());

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private volatile Optional<TenantOnboarding> onboarding = Optional.of(Samples.onboarding(Samples.ONBOARDING));
    private volatile boolean synced = true;
    private final AdministratorPages pages = new AdministratorPages(PUBLIC, () -> KEYS, new Source(), clock);
    private final PageStreams streams = new PageStreams(pages, new PageStreams.Limits(3, 2, 2));
    private final String token = new PageLinks(PUBLIC, () -> KEYS)
            .token(PageLink.of(onboarding.orElseThrow()))
            .orElseThrow();
    private final AtomicInteger cuts = new AtomicInteger();

    @BeforeEach
    void start() {
        streams.start();
    }

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void aReaderThatTakesNothingGetsTheLastWordAloneOnceItDoes() {
        var reader = open("a", 1);
        var quick = open("b", 100);
        for (int change = 0; change < 20; change++) {
            change("name " + change);
            streams.changed(Samples.UID);
            awaitWord(quick);
        }
        assertThat(reader.getItems()).hasSize(1);
        reader.request(100);
        awaitWord(reader);
        assertThat(reader.getItems()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whoeverComesWithWhatIsNewTakesItFromNobodyWhoWasThereBefore() {
        var before = open("a", 9);
        change("another");
        open("b", 9);
        awaitWord(before);
    }

    @Test
    void whoeverComesWithWhatIsOldIsToldWhatTheOthersKnowAlready() {
        var old = page();
        var before = open("a", 9);
        change("another");
        streams.changed(Samples.UID);
        awaitWord(before);
        var late = streams.open(token, old, "b", cuts::incrementAndGet)
                .subscribe()
                .withSubscriber(AssertSubscriber.<Told>create(9));
        awaitWord(late);
        assertThat(before.getItems()).hasSize(2);
    }

    @Test
    void nobodyIsToldTheSameTwice() {
        var reader = open("a", 9);
        streams.changed(Samples.UID);
        open("b", 9);
        change("another");
        streams.changed(Samples.UID);
        awaitWord(reader);
        assertThat(reader.getItems()).hasSize(2).doesNotHaveDuplicates();
    }

    private void awaitWord(AssertSubscriber<Told> reader) {
        var word = new Told.Shows(page().revision());
        await().until(() -> reader.getItems().getLast().equals(word));
    }

    @Test
    void thereIsRoomAgainForWhoeverComesAfterOneThatLeft() {
        var first = open("a", 9);
        open("b", 9);
        assertThat(streams.hasRoom(token, "c")).as("two of a link").isFalse();
        open("c", 9).assertCompleted().assertHasNotReceivedAnyItem();
        first.cancel();
        assertThat(streams.hasRoom(token, "c")).isTrue();
        assertThat(open("c", 9).getItems()).hasSize(1);
    }

    @Test
    void whatEndsIsSaidAndEnds() {
        var reader = open("a", 9);
        onboarding = Optional.empty();
        streams.changed(Samples.UID);
        reader.awaitCompletion();
        assertThat(reader.getItems()).last().isEqualTo(new Told.Ended());
    }

    @Test
    void whereNobodyCanTellAPageIsNeitherEndedNorUnknown() {
        synced = false;
        assertThat(pages.find(token)).isInstanceOf(Found.Unavailable.class);
        assertThat(pages.find("nonsense")).isInstanceOf(Found.Unavailable.class);
    }

    @Test
    void allWhoLookAtTheSameShareOneSnapshotUntilSomethingElseIsToBeSeen() {
        var before = page();
        assertThat(page()).isSameAs(before);
        clock.advance(PageSnapshot.COUNTS.multipliedBy(2));
        assertThat(page())
                .isNotSameAs(before)
                .extracting(PageSnapshot::revision)
                .isEqualTo(before.revision());
        change("another");
        assertThat(page().revision()).isNotEqualTo(before.revision());
    }

    @Test
    void aStopEndsEveryStream() {
        var reader = open("a", 9);
        streams.close();
        reader.awaitCompletion();
        open("b", 9).assertCompleted();
    }

    private PageSnapshot page() {
        return ((Found.Shown) pages.find(token)).page();
    }

    private AssertSubscriber<Told> open(String address, long taken) {
        return streams.open(token, page(), address, cuts::incrementAndGet)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(taken));
    }

    private void change(String name) {
        var changed = Samples.onboarding(Samples.ONBOARDING);
        changed.setStatus(changed.known().with(new TenantOnboardingStatus.Customer(name, null)));
        onboarding = Optional.of(changed);
    }

    private final class Source implements PageSource {

        @Override
        public boolean synced() {
            return synced;
        }

        @Override
        public Optional<TenantOnboarding> onboarding(String uid) {
            return onboarding.filter(it -> it.getMetadata().getUid().equals(uid));
        }

        @Override
        public Optional<ApplicationCatalog> catalog(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> silentSince() {
            return Optional.empty();
        }
    }
}
