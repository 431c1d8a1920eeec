package dev.tenantops.onboarding.sandbox.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Helm;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The chart of this repository, and the Helm of one version that works on it. */
public final class HelmChart {

    public static final String VERSION = Helm.VERSION;

    /** Helm 3 is what Argo CD and older pipelines render with. */
    public static final String OLDER_VERSION = "3.22.0";

    public static final Path FOLDER = ChartInstallation.CHART;

    static final String RELEASE = ChartInstallation.RELEASE;
    static final String NAMESPACE = Installation.NAMESPACE;

    private static final Path TESTS = Samples.repository().resolve("helm/tests");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Helm helm;

    private HelmChart(Helm helm) {
        this.helm = helm;
    }

    /** A combination of values in {@code helm/tests/values}, with what it has to render. */
    record Combination(Path values, Path golden) {
        @Override
        public String toString() {
            return values.getFileName().toString().replace(".yaml", "");
        }
    }

    /** With the Helm that {@code helm/provide} gives; a test is skipped where it gives none. */
    public static HelmChart withHelm(String version) {
        try {
            return new HelmChart(Helm.provide(version));
        } catch (IllegalStateException e) {
            System.out.println("The chart is not tested with Helm " + version + ": " + e.getMessage());
            throw new TestAbortedException("Helm " + version + " cannot be had");
        }
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

    Path executable() {
        return helm.binary();
    }

    /** Runs Helm to its end. */
    Helm.Result run(String... arguments) {
        return helm.run(arguments);
    }

    /**
     * Renders the chart.
     *
     * @param options such as {@code --values} and {@code --set}
     */
    public Helm.Result template(String... options) {
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
    public static String succeeded(Helm.Result result) {
        if (result.exitCode() != 0) {
            throw new AssertionError(result.output());
        }
        return result.output();
    }

    /** The objects of what was rendered. */
    public static List<JsonNode> objects(String rendered) {
        return Stream.of(rendered.split("(?m)^---$"))
                .map(HelmChart::yaml)
                .filter(it -> it != null && it.has("kind"))
                .toList();
    }

    public static JsonNode yaml(String document) {
        return YAML.unmarshal(document, JsonNode.class);
    }

    public static String asYaml(JsonNode document) {
        return YAML.asYaml(document);
    }
}
