package dev.tenantops.onboarding.operator.runbook;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.status.ConditionReason;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The committed runbooks, and what there has to be one of. */
public final class Runbooks {

    static final Path REPOSITORY = Path.of("..");
    static final Path FOLDER = REPOSITORY.resolve("docs/runbooks");
    static final Path ALERTS = REPOSITORY.resolve("helm/tenant-onboarding-operator/files/alerts.yaml");

    private static final String SUFFIX = ".md";
    private static final String INDEX = "README" + SUFFIX;

    private Runbooks() {}

    /** Of the reasons, by name. */
    public static Map<String, Runbook> ofReasons() {
        return in(FOLDER);
    }

    static Map<String, Runbook> ofAlerts() {
        return in(FOLDER.resolve("alerts"));
    }

    /** Every reason of a condition, and every state of an application that somebody may have to do something about. */
    static List<String> reasons() {
        return Stream.concat(
                        ConditionReason.all().stream().map(ConditionReason::name),
                        Stream.of(ApplicationState.values())
                                .filter(it -> it != ApplicationState.Granted)
                                .map(ApplicationState::name))
                .distinct()
                .toList();
    }

    /** The names of the alerts that the chart brings, with their severity. */
    static Map<String, String> alerts() {
        var alerts = new LinkedHashMap<String, String>();
        new KubernetesSerialization()
                .unmarshal(read(ALERTS), RuleFile.class).groups().stream()
                        .flatMap(it -> it.rules().stream())
                        .filter(it -> it.alert() != null)
                        .forEach(it -> alerts.put(it.alert(), it.labels().get("severity")));
        return alerts;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Runbook> in(Path folder) {
        try (var files = Files.list(folder)) {
            var runbooks = new LinkedHashMap<String, Runbook>();
            files.map(it -> it.getFileName().toString())
                    .filter(it -> it.endsWith(SUFFIX) && !it.equals(INDEX))
                    .map(it -> it.substring(0, it.length() - SUFFIX.length()))
                    .sorted()
                    .forEach(it -> runbooks.put(it, Runbook.parse(it, read(folder.resolve(it + SUFFIX)))));
            return runbooks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record RuleFile(List<Group> groups) {

        @JsonIgnoreProperties(ignoreUnknown = true)
        private record Group(List<Rule> rules) {}

        @JsonIgnoreProperties(ignoreUnknown = true)
        private record Rule(String alert, Map<String, String> labels) {}
    }
}
