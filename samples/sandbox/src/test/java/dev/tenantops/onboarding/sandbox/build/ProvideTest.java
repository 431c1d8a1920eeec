package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code samples/sandbox/kubernetes/provide}, with servers of its own and without Go. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ProvideTest {

    private static final String VERSION = "1.37.2";

    @TempDir
    Path home;

    private String platform = "linux-amd64";

    @AutoClose
    private final DownloadServer server = new DownloadServer();

    private record Outcome(int exitCode, String output) {}

    @Test
    void whatIsThereStaysAndIsNotTalkedAbout() throws Exception {
        for (String binary : List.of("etcd", "kube-apiserver", "kubectl")) {
            put(binary);
        }
        assertThat(provide(VERSION)).isEqualTo(new Outcome(0, ""));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void whatIsMissingIsDownloadedAndChecked() throws Exception {
        put("etcd");
        put("kubectl");
        publish("kube-apiserver", digest("kube-apiserver of the server"));

        assertThat(provide(VERSION).exitCode()).isZero();
        assertThat(target("kube-apiserver")).hasContent("kube-apiserver of the server");
        assertThat(Files.isExecutable(target("kube-apiserver"))).isTrue();
        assertThat(server.asked()).allMatch(it -> it.contains("kube-apiserver"));
    }

    @Test
    void aWrongChecksumIsNeverUsedAndTheErrorNamesAllThreeWays() throws Exception {
        put("etcd");
        put("kubectl");
        publish("kube-apiserver", digest("something else"));

        Outcome outcome = provide(VERSION);
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("checksum of kube-apiserver")
                .contains("1. put etcd, kube-apiserver and kubectl into "
                        + target("etcd").getParent())
                .contains("2. make " + server.url())
                .contains("3. let Go build them: there is no Go");
        assertThat(target("kube-apiserver")).doesNotExist();
        try (var left = Files.list(target("etcd").getParent())) {
            assertThat(left).containsExactlyInAnyOrder(target("etcd"), target("kubectl"));
        }
    }

    @Test
    void aVersionWithoutAModuleSaysSo() throws Exception {
        Outcome outcome = provide("1.30.0");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("there is no module for 1.30.0");
    }

    @Test
    void onMacOsTheApiServerComesFromTheArchiveForTests() throws Exception {
        onMacOs();
        byte[] archive = archive("kube-apiserver");
        server.publish("/archive", archive);
        index(
                "envtest-v" + VERSION + "-darwin-arm64.tar.gz",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(archive)));

        Outcome outcome = provide(VERSION);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(target("kube-apiserver")).hasContent("kube-apiserver of the archive");
    }

    @Test
    void anArchiveForTestsWithAWrongChecksumIsNeverUsed() throws Exception {
        onMacOs();
        server.publish("/archive", archive("kube-apiserver"));
        index("envtest-v" + VERSION + "-darwin-arm64.tar.gz", "0".repeat(128));

        assertThat(provide(VERSION).output()).contains("checksum of envtest-v" + VERSION);
        assertThat(target("kube-apiserver")).doesNotExist();
    }

    @Test
    void aVersionWithoutAnArchiveForTestsSaysSo() throws Exception {
        onMacOs();
        index("envtest-v1.30.0-darwin-arm64.tar.gz", "0".repeat(128));
        assertThat(provide(VERSION).output())
                .contains("there is no envtest-v" + VERSION + "-darwin-arm64.tar.gz, which would have kube-apiserver")
                .contains("3. let Go build them: there is no Go");
    }

    /** Only what it says of itself. */
    private void onMacOs() throws IOException {
        platform = "darwin-arm64";
        Path uname = Files.createDirectories(home.resolve("bin")).resolve("uname");
        Files.writeString(uname, "#!/bin/sh\n[ \"$1\" = -s ] && echo Darwin || echo arm64\n");
        assertThat(uname.toFile().setExecutable(true)).isTrue();
        put("etcd");
        put("kubectl");
    }

    private byte[] archive(String binary) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.resolve("archive/controller-tools/envtest"));
        Files.writeString(folder.resolve(binary), binary + " of the archive");
        Path archive = home.resolve("archive.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        home.resolve("archive").toString(),
                        "controller-tools")
                .start();
        assertThat(tar.waitFor()).isZero();
        return Files.readAllBytes(archive);
    }

    private void index(String archive, String hash) {
        server.publish("/index", """
                releases:
                  v0.0.0:
                    envtest-v0.0.0-darwin-arm64.tar.gz:
                      hash: none
                      selfLink: https://example.com/none
                    %s:
                      hash: %s
                      selfLink: %s/archive
                """.formatted(archive, hash, server.url()).getBytes(StandardCharsets.UTF_8));
    }

    private Outcome provide(String version) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Samples.repository()
                                .resolve("samples/sandbox/kubernetes/provide")
                                .toString(),
                        version)
                .redirectErrorStream(true);
        String url = server.url();
        ChildEnvironment.clean(builder.environment());
        builder.environment()
                .putAll(Map.of(
                        "GO",
                        "no-go-here",
                        "KUBE_API_TEST_DIR",
                        home.toString(),
                        "KUBERNETES_DOWNLOAD_URL",
                        url,
                        "ETCD_DOWNLOAD_URL",
                        url,
                        "ENVTEST_INDEX_URL",
                        url + "/index",
                        "PATH",
                        home.resolve("bin") + ":" + System.getenv("PATH")));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private void put(String binary) throws IOException {
        Files.createDirectories(target(binary).getParent());
        Files.writeString(target(binary), "present");
        assertThat(target(binary).toFile().setExecutable(true)).isTrue();
    }

    private void publish(String binary, String digest) {
        String path = "/v" + VERSION + "/bin/linux/amd64/" + binary;
        server.publish(path, (binary + " of the server").getBytes(StandardCharsets.UTF_8));
        server.publish(path + ".sha256", digest.getBytes(StandardCharsets.UTF_8));
    }

    private Path target(String binary) {
        return home.resolve("k8s/" + VERSION + "-" + platform + "/" + binary);
    }

    private static String digest(String content) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }
}
