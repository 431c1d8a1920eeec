package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart;
import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code helm/provide}, with a server of its own and without Go. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class HelmChartProvideTest {

    private static final String VERSION = HelmChart.VERSION;
    private static final String ARCHIVE = "/helm-v" + VERSION + "-linux-amd64.tar.gz";

    @TempDir
    Path home;

    @AutoClose
    private final DownloadServer server = new DownloadServer();

    private record Outcome(int exitCode, String output) {}

    @Test
    void whatIsThereStaysAndIsNotTalkedAbout() throws Exception {
        executable(target(), "present");
        assertThat(provide()).isEqualTo(new Outcome(0, ""));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aHelmOfTheVersionOnThePathIsCopied() throws Exception {
        executable(home.resolve("path/helm"), "#!/bin/sh\necho v" + VERSION + "\n");
        assertThat(provide().exitCode()).isZero();
        assertThat(target()).hasSameTextualContentAs(home.resolve("path/helm"));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aHelmOfAnotherVersionIsLeftAlone() throws Exception {
        executable(home.resolve("path/helm"), "#!/bin/sh\necho v3.0.0\n");
        publish(true);
        assertThat(provide().exitCode()).isZero();
        assertThat(target()).hasContent("helm of the server");
    }

    @Test
    void whatIsMissingIsDownloadedAndChecked() throws Exception {
        publish(true);
        assertThat(provide().exitCode()).isZero();
        assertThat(target()).hasContent("helm of the server");
        assertThat(Files.isExecutable(target())).isTrue();
    }

    @Test
    void aWrongChecksumIsNeverUsedAndTheErrorNamesAllThreeWays() throws Exception {
        publish(false);
        Outcome outcome = provide();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("checksum of helm-v" + VERSION)
                .contains("1. put helm " + VERSION + " on the PATH, or into " + target().getParent())
                .contains("2. make " + server.url())
                .contains("3. let Go build it: there is no Go");
        try (var left = Files.list(target().getParent())) {
            assertThat(left).isEmpty();
        }
    }

    private Outcome provide() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Samples.repository().resolve("helm/provide").toString(), VERSION)
                .redirectErrorStream(true);
        ChildEnvironment.clean(builder.environment());
        Path path = Files.createDirectories(home.resolve("path"));
        builder.environment()
                .putAll(Map.of(
                        "GO",
                        "no-go-here",
                        "PATH",
                        path + ":/usr/bin:/bin",
                        "KUBE_API_TEST_DIR",
                        home.toString(),
                        "HELM_DOWNLOAD_URL",
                        server.url()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private void publish(boolean rightChecksum) throws Exception {
        Path folder = Files.createDirectories(home.resolve("release/linux-amd64"));
        Files.writeString(folder.resolve("helm"), "helm of the server");
        Path archive = home.resolve("release/helm.tar.gz");
        int exitCode = new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        folder.getParent().toString(),
                        "linux-amd64")
                .start()
                .waitFor();
        assertThat(exitCode).isZero();
        byte[] content = Files.readAllBytes(archive);
        server.publish(ARCHIVE, content);
        String digest = digest(rightChecksum ? content : new byte[0]);
        server.publish(ARCHIVE + ".sha256sum", (digest + "  " + ARCHIVE.substring(1)).getBytes(StandardCharsets.UTF_8));
    }

    private static void executable(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Path target() {
        return home.resolve("helm/" + VERSION + "-linux-amd64/helm");
    }

    private static String digest(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
