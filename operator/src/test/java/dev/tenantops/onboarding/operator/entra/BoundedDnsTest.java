package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

/** A resolver that hangs. */
class BoundedDnsTest {

    private static final Duration LIMIT = Duration.ofMillis(100);

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    private final Dns hanging = name -> {
        asked.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return List.of(InetAddress.getLoopbackAddress());
    };

    @Test
    void aLookupThatHangsIsGivenUpAndNotRepeatedWhileItHangs() throws Exception {
        BoundedDns dns = new BoundedDns(hanging, LIMIT);
        for (int check = 0; check < 3; check++) {
            assertThatThrownBy(() -> dns.lookup("graph.example")).isInstanceOf(UnknownHostException.class);
        }
        assertThat(asked).hasValue(1);
        answer.countDown();
        await().ignoreExceptions().until(() -> !dns.lookup("graph.example").isEmpty());
    }

    @Test
    void aNameThatHangsKeepsNoOtherWaiting() throws Exception {
        BoundedDns dns = new BoundedDns(
                name -> name.equals("graph.example") ? hanging.lookup(name) : Dns.SYSTEM.lookup(name), LIMIT);
        assertThatThrownBy(() -> dns.lookup("graph.example")).isInstanceOf(UnknownHostException.class);
        await().ignoreExceptions().until(() -> !dns.lookup("localhost").isEmpty());
        assertThat(asked).hasValue(1);
        answer.countDown();
    }

    @Test
    void aNameThatDoesNotExistSaysSo() {
        BoundedDns dns = new BoundedDns(
                name -> {
                    throw new UnknownHostException(name);
                },
                Duration.ofSeconds(10));
        assertThatThrownBy(() -> dns.lookup("graph.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("graph.example");
    }
}
