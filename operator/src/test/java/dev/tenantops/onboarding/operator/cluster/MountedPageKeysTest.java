package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.consent.PageKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as a kubelet makes it: entries lead through a link that is swapped. */
class MountedPageKeysTest {

    @TempDir
    Path folder;

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private MountedPageKeys keys;

    @BeforeEach
    void build() {
        keys = new MountedPageKeys(folder, clock);
    }

    @Test
    void aSwapBringsOtherKeysWithoutARestart() throws IOException {
        swap("..first", "key-1");
        assertThat(keys.keys()).hasToString("PageKeys[1]");
        swap("..second", "key-1", "key-2");
        Files.createSymbolicLink(folder.resolve("key-2"), Path.of("..data", "key-2"));
        assertThat(keys.keys()).as("it was read a moment ago").hasToString("PageKeys[1]");
        clock.advance(Duration.ofSeconds(6));
        assertThat(keys.keys()).hasToString("PageKeys[1, 2]");
    }

    @Test
    void whatIsNoKeyIsLeftOutAndSaidOnce() throws IOException {
        Files.write(folder.resolve("key-1"), secret());
        Files.write(folder.resolve("key-2"), new byte[PageKeys.LEAST_BYTES - 1]);
        Files.write(folder.resolve("password"), secret());
        try (var log = new CapturedLog(Level.WARN)) {
            for (int look = 0; look < 5; look++) {
                assertThat(keys.keys()).hasToString("PageKeys[1]");
                clock.advance(Duration.ofSeconds(6));
            }
            assertThat(log.lines())
                    .hasSize(2)
                    .anyMatch(it -> it.text().contains("key-2"))
                    .anyMatch(it -> it.text().contains("password"));
        }
    }

    @Test
    void aFolderThatComesLateIsReadWhenItIsThere() throws IOException {
        keys = new MountedPageKeys(folder.resolve("late"), clock);
        assertThat(keys.keys().isEmpty()).isTrue();
        Files.createDirectory(folder.resolve("late"));
        Files.write(folder.resolve("late").resolve("key-7"), secret());
        clock.advance(Duration.ofSeconds(6));
        assertThat(keys.keys()).hasToString("PageKeys[7]");
    }

    @Test
    void whatCannotBeReadTakesNothingAway() throws IOException {
        Files.write(folder.resolve("key-1"), secret());
        assertThat(keys.keys()).hasToString("PageKeys[1]");
        Files.createSymbolicLink(folder.resolve("key-2"), Path.of("nowhere"));
        clock.advance(Duration.ofSeconds(6));
        assertThat(keys.keys()).hasToString("PageKeys[1]");
    }

    @Test
    void aClockThatIsSetBackHidesNoNewKey() throws IOException {
        assertThat(keys.keys().isEmpty()).isTrue();
        Files.write(folder.resolve("key-1"), secret());
        clock.step(Duration.ofDays(-1));
        assertThat(keys.keys()).hasToString("PageKeys[1]");
    }

    private void swap(String version, String... names) throws IOException {
        Files.createDirectory(folder.resolve(version));
        for (String name : names) {
            Files.write(folder.resolve(version).resolve(name), secret());
        }
        Files.deleteIfExists(folder.resolve("..data"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of(version));
        if (!Files.isSymbolicLink(folder.resolve("key-1"))) {
            Files.createSymbolicLink(folder.resolve("key-1"), Path.of("..data", "key-1"));
        }
    }

    private static byte[] secret() {
        var secret = new byte[PageKeys.LEAST_BYTES];
        Arrays.fill(secret, (byte) 7);
        return secret;
    }
}
