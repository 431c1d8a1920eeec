package dev.tenantops.onboarding.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckLoopTest {

    private static final ObjectKey CONTOSO = new ObjectKey("customer-contoso", "contoso");
    private static final ObjectKey FABRIKAM = new ObjectKey("customer-fabrikam", "fabrikam");
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final CheckSchedule schedule = new CheckSchedule(4, Duration.ZERO);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Semaphore room = new Semaphore(1_000_000);
    private CheckLoop loop;

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void aLookThatThrowsIsSaidAndHasAnother() {
        var looks = new AtomicInteger();
        start(LONG, _ -> {
            looks.incrementAndGet();
            throw new StackOverflowError();
        });
        schedule.request(CONTOSO);
        await().until(() -> looks.get() >= 5);
        assertThat(failures).hasSizeGreaterThanOrEqualTo(4).allMatch(StackOverflowError.class::isInstance);
    }

    @Test
    void aLookWhoseFailureCannotBeSaidHasAnother() {
        start(
                LONG,
                key -> {
                    throw new IllegalStateException();
                },
                true);
        schedule.request(CONTOSO);
        await().untilAsserted(() -> assertThat(schedule.overdue(CONTOSO))
                .hasValueSatisfying(it -> assertThat(it).isNegative()));
    }

    @Test
    void aLookThatHangsKeepsNoOtherWaitingAndIsEndedAtLast() {
        var fabrikam = new AtomicInteger();
        start(SHORT, key -> {
            if (key.equals(CONTOSO)) {
                new CountDownLatch(1).await();
            }
            fabrikam.incrementAndGet();
            return Optional.of(SHORT);
        });
        schedule.request(CONTOSO);
        schedule.request(FABRIKAM);
        await().until(() -> fabrikam.get() >= 5);
        await().untilAsserted(() -> {
            loop.interruptHung();
            assertThat(failures).hasAtLeastOneElementOfType(InterruptedException.class);
        });
    }

    @Test
    void aStoppedLoopHasEndedWhenItsLastLookHas() throws Exception {
        var end = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        start(LONG, _ -> {
            begun.countDown();
            end.await();
            return Optional.of(LONG);
        });
        schedule.request(CONTOSO);
        begun.await();
        loop.stop();
        assertThat(loop.ended(Duration.ZERO)).isFalse();
        end.countDown();
        assertThat(loop.ended(Duration.ofSeconds(20))).isTrue();
        await().until(() -> !loop.isAlive());
    }

    @Test
    void noLookBeginsForWhoseResultThereIsNoRoom() {
        room.drainPermits();
        room.release(2);
        var looks = new AtomicInteger();
        start(LONG, _ -> {
            looks.incrementAndGet();
            return Optional.of(SHORT);
        });
        schedule.request(CONTOSO);
        await().until(() -> looks.get() == 2 && room.hasQueuedThreads());
        assertThat(looks).hasValue(2);
        room.release();
        await().until(() -> looks.get() == 3);
    }

    private void start(Duration longest, Look look) {
        start(longest, look, false);
    }

    private void start(Duration longest, Look look, boolean sayingFails) {
        var check = new CheckLoop.Check() {
            @Override
            public Optional<Duration> look(ObjectKey key) throws Exception {
                return look.at(key);
            }

            @Override
            public Duration failed(ObjectKey key, Throwable failure) {
                if (sayingFails) {
                    throw new IllegalStateException("It cannot be said either.", failure);
                }
                failures.add(failure);
                return SHORT;
            }
        };
        loop = new CheckLoop(Object.class, schedule, check, longest, room::acquire, DeliveryListener.NONE);
        loop.start();
    }

    private interface Look {
        Optional<Duration> at(ObjectKey key) throws Exception;
    }
}
