package dev.tenantops.onboarding.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.operator.delivery.WriteQueue.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    private static final ObjectKey CONTOSO = new ObjectKey("contoso", "contoso");
    private static final ObjectKey FABRIKAM = new ObjectKey("fabrikam", "fabrikam");
    private static final ObjectKey NORTHWIND = new ObjectKey("northwind", "northwind");

    private long nanos = TimeUnit.DAYS.toNanos(1);
    private final WriteQueue<String> queue = new WriteQueue<>(() -> nanos, () -> 500);

    @Test
    void onlyTheLatestOfAnObjectIsWritten() throws Exception {
        queue.offer(CONTOSO, "old", false);
        queue.offer(CONTOSO, "new", false);
        assertThat(written()).containsExactly("new");
    }

    @Test
    void whatIsUrgentGoesFirst() throws Exception {
        queue.offer(CONTOSO, "renewal", false);
        queue.offer(FABRIKAM, "first visit", false);
        queue.offer(NORTHWIND, "withdrawal", true);
        assertThat(written()).containsExactly("withdrawal", "renewal", "first visit");
    }

    @Test
    void anUrgentOneStaysUrgentWhateverReplacesIt() throws Exception {
        queue.offer(CONTOSO, "renewal", false);
        queue.offer(FABRIKAM, "withdrawal", true);
        queue.offer(FABRIKAM, "newer", false);
        assertThat(written()).containsExactly("newer", "renewal");
    }

    @Test
    void aWithdrawalByTheClockReplacesNoVerdictButHasItGoFirst() throws Exception {
        queue.offer(CONTOSO, "renewal", false);
        queue.offer(FABRIKAM, "verdict", false);
        queue.offerUnlessWaiting(FABRIKAM, "withdrawal");
        assertThat(written()).containsExactly("verdict", "renewal");
    }

    @Test
    void whatWasOfferedDuringAWriteIsWrittenAfterIt() throws Exception {
        queue.offer(CONTOSO, "first", false);
        var turn = take();
        queue.offer(CONTOSO, "second", false);
        queue.settle(turn);
        assertThat(written()).containsExactly("second");
    }

    @Test
    void whatIsRefusedIsTriedForEverWithPausesOfAMinuteAtMost() throws Exception {
        queue.offer(CONTOSO, "status", false);
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 1000; i++) {
            refuse(take(), Optional.empty(), false);
            pauses.add(untilNext());
        }
        assertThat(pauses.getFirst()).isLessThan(Duration.ofSeconds(1));
        assertThat(pauses).isSorted().allMatch(it -> it.compareTo(WriteQueue.LONGEST_PAUSE) <= 0);
        assertThat(pauses.getLast()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void whatIsRefusedKeepsNothingElseWaiting() throws Exception {
        queue.offer(CONTOSO, "refused", true);
        queue.offer(FABRIKAM, "accepted", false);
        refuse(take(), Optional.empty(), false);
        assertThat(take().value()).isEqualTo("accepted");
    }

    @Test
    void theServerIsLeftAloneForAsLongAsItAsks() throws Exception {
        queue.offer(CONTOSO, "status", false);
        queue.offer(FABRIKAM, "another", false);
        refuse(take(), Optional.of(Duration.ofSeconds(7)), true);
        assertThat(untilNext()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    }

    @Test
    void whileTheServerServesNobodyOneWriteAtATimeFindsOut() throws Exception {
        queue.offer(CONTOSO, "first", false);
        queue.offer(FABRIKAM, "second", false);
        queue.offer(NORTHWIND, "third", false);
        refuse(take(), Optional.empty(), true);
        untilNext();
        var trial = take();
        assertThat(isReady()).isFalse();
        queue.settle(trial);
        assertThat(written()).hasSize(2);
    }

    @Test
    void allWhoWaitedForTheServerGoOnAtOnceWhenItServesAgain() throws Exception {
        queue.offer(CONTOSO, "first", false);
        queue.offer(FABRIKAM, "second", false);
        for (int i = 0; i < 20; i++) {
            untilNext();
            refuse(take(), Optional.empty(), true);
        }
        untilNext();
        queue.settle(take());
        assertThat(isReady()).isTrue();
    }

    @Test
    void aNewerStatusIsTriedAtOnceSinceItMayBeAccepted() throws Exception {
        queue.offer(CONTOSO, "hostile", false);
        refuse(take(), Optional.empty(), false);
        queue.offer(CONTOSO, "mended", false);
        assertThat(take().value()).isEqualTo("mended");
    }

    @Test
    void whatIsRefusedForLongIsCounted() throws Exception {
        queue.offer(CONTOSO, "status", false);
        refuse(take(), Optional.empty(), false);
        assertThat(queue.waiting().refused()).isZero();
        nanos += Duration.ofSeconds(61).toNanos();
        queue.offer(CONTOSO, "newer", false);
        assertThat(queue.waiting()).isEqualTo(new WriteQueue.Waiting(1, 1, Duration.ofSeconds(61)));
        queue.settle(take());
        assertThat(queue.waiting()).isEqualTo(new WriteQueue.Waiting(0, 0, Duration.ZERO));
    }

    @Test
    void whatIsRefusedWaitsAsWhatItIsToldToWaitAs() throws Exception {
        queue.offer(CONTOSO, "verdict with all that was read", false);
        queue.refuse(take(), "verdict", Optional.empty(), false);
        untilNext();
        assertThat(take().value()).isEqualTo("verdict");
    }

    @Test
    void whatIsNewerThanWhatWasRefusedWaitsAsItIs() throws Exception {
        queue.offer(CONTOSO, "verdict", false);
        var turn = take();
        queue.offer(CONTOSO, "newer", false);
        queue.refuse(turn, "older", Optional.empty(), false);
        assertThat(take().value()).isEqualTo("newer");
    }

    @Test
    void whoFindsFasterThanIsWrittenWaits() throws Exception {
        queue.offer(CONTOSO, "first", false);
        queue.offer(FABRIKAM, "second", false);
        var waits = waitsForRoom(2);
        await().until(() -> waits.getState() == Thread.State.WAITING);
        queue.settle(take());
        waits.join();
    }

    @Test
    void whatIsUnderWayTakesRoomAndWhatWasRefusedTakesNone() throws Exception {
        queue.offer(CONTOSO, "refused", false);
        queue.offer(FABRIKAM, "under way", false);
        var refused = take();
        take();
        var waits = waitsForRoom(2);
        await().until(() -> waits.getState() == Thread.State.WAITING);
        refuse(refused, Optional.empty(), false);
        waits.join();
        assertThat(queue.isCrowded(2)).isTrue();
    }

    @Test
    void nobodyWaitsForAServerThatServesNobody() throws Exception {
        queue.offer(CONTOSO, "first", false);
        queue.offer(FABRIKAM, "second", false);
        refuse(take(), Optional.empty(), true);
        waitsForRoom(1).join();
    }

    @Test
    void nobodyWaitsForAQueueThatIsClosed() throws Exception {
        queue.offer(CONTOSO, "first", false);
        var waits = waitsForRoom(1);
        await().until(() -> waits.getState() == Thread.State.WAITING);
        queue.close();
        waits.join();
    }

    @Test
    void aQueueThatIsClosedGivesOutWhatIsReadyAndThenNothing() throws Exception {
        queue.offer(CONTOSO, "status", false);
        queue.close();
        queue.settle(take());
        assertThat(queue.take()).isEmpty();
    }

    private Turn<String> take() throws InterruptedException {
        assertThat(isReady()).isTrue();
        return queue.take().orElseThrow();
    }

    private boolean isReady() {
        return queue.untilNext().filter(it -> !it.isPositive()).isPresent();
    }

    /** Lets the time pass until something is ready. */
    private Duration untilNext() {
        var pause = queue.untilNext().orElseThrow();
        if (pause.isPositive()) {
            nanos += pause.toNanos();
        }
        return pause;
    }

    private List<String> written() throws InterruptedException {
        var written = new ArrayList<String>();
        while (queue.waiting().objects() > 0) {
            var turn = take();
            written.add(turn.value());
            queue.settle(turn);
        }
        return written;
    }

    private void refuse(Turn<String> turn, Optional<Duration> retryAfter, boolean overloaded) {
        queue.refuse(turn, turn.value(), retryAfter, overloaded);
    }

    private Thread waitsForRoom(int objects) {
        return Thread.ofPlatform().start(() -> {
            try {
                queue.awaitRoom(objects);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
