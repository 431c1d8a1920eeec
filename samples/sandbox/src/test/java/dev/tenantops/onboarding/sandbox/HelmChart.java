package dev.tenantops.onboarding.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The chart of this repository, and the Helm of one version that works on it. */
final class HelmChart {

    static final String VERSION = "4.3.1";

    /** Helm 3 is what Argo CD and older pipelines render with. */
    static final String OLDER_VERSION = "3.22.0";

    static final Path FOLDER = Samples.repository().resolve("helm/tenant-onboarding-operator");

    static final String RELEASE = "onboarding";
    static final String NAMESPACE = "tenant-onboarding";

    private static final Path TESTS = Samples.repository().resolve("helm/tests");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Path helm;

    private HelmChart(Path helm) {
        this.helm = helm;
    }

    /** What a command printed to both streams, and how it ended. */
    record Result(int exitCode, String output) {}

    /** A combination of values in {@code helm/tests/values}, with what it has to render. */
    record Combination(Path values, Path golden) {
        @Override
        public String toString() {
            return values.getFileName().toString().replace(".yaml", "");
        }
    }

    /** With the Helm that {@code helm/provide} gives; a test is skipped where it gives none. */
    static HelmChart withHelm(String version) {
        Result provided =
                execute(List.of(Samples.repository().resolve("helm/provide").toString(), version), Optional.empty());
        if (provided.exitCode() != 0) {
            System.out.println("The chart is not tested with Helm " + version + ": " + provided.output());
        }
        Assumptions.assumeTrue(provided.exitCode() == 0, "Helm " + version + " cannot be had");
        Path home = Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kubeapitest"));
        return new HelmChart(home.resolve("helm/%s-%s-%s/helm".formatted(version, operatingSystem(), architecture())));
    }

    /** All combinations, in the order of their names. */
    static Stream<Combination> combinations() {
        try (Stream<Path> files = Files.list(TESTS.resolve("values"))) {
            return files
                    .sorted()
                    .map(it -> new Combination(it, TESTS.resolve("golden").resolve(it.getFileName())))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs Helm to its end. */
    Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(helm.toString()));
        command.addAll(List.of(arguments));
        return execute(command, Optional.of(FOLDER.getParent()));
    }

    /**
     * Renders the chart.
     *
     * @param options such as {@code --values} and {@code --set}
     */
    Result template(String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("template", RELEASE, FOLDER.toString(), "--namespace", NAMESPACE));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    /** Renders a combination. */
    String render(Combination combination) {
        return succeeded(template("--values", combination.values().toString()));
    }

    /**
     * What a command printed.
     *
     * @throws AssertionError when it failed
     */
    static String succeeded(Result result) {
        if (result.exitCode() != 0) {
            throw new AssertionError(result.output());
        }
        return result.output();
    }

    /** The objects of what was rendered. */
    static List<JsonNode> objects(String rendered) {
        return Stream.of(rendered.split("(?m)^---$"))
                .map(HelmChart::yaml)
                .filter(it -> it != null && it.has("kind"))
                .toList();
    }

    static JsonNode yaml(String document) {
        return YAML.unmarshal(document, JsonNode.class);
    }

    static String asYaml(JsonNode document) {
        return YAML.asYaml(document);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result execute(List<String> command, Optional<Path> folder) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        folder.ifPresent(it -> builder.directory(it.toFile()));
        ChildEnvironment.clean(builder.environment());
        Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .ifPresent(it -> builder.environment().put("KUBE_API_TEST_DIR", it));
        builder.environment().keySet().removeIf(it -> it.startsWith("HELM_") && !it.equals("HELM_DOWNLOAD_URL"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command was running", e);
        }
    }

    private static String operatingSystem() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
