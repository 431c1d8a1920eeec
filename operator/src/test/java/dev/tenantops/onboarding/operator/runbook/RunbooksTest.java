package dev.tenantops.onboarding.operator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.runbook.Runbook.Place;
import dev.tenantops.onboarding.operator.status.ConditionReason;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unreached;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unread;
import dev.tenantops.onboarding.operator.status.OwnedCondition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever meets a reason or an alert finds what to do about it. {@code make docs} writes the generated parts anew. */
class RunbooksTest {

    private static final Map<String, Runbook> REASONS = Runbooks.ofReasons();
    private static final Map<String, Runbook> ALERTS = Runbooks.ofAlerts();
    private static final RunbookDocuments DOCUMENTS = new RunbookDocuments(Runbooks.reasons(), REASONS, ALERTS);

    private static final Pattern JSON_PATH =
            Pattern.compile("kubectl get (tob|appcat) (?:[^\\n]|\\\\\\n)*?-o jsonpath='([^']*)'");
    private static final Map<String, JSONSchemaProps> SCHEMAS =
            Map.of("tob", schema("tenantonboardings"), "appcat", schema("applicationcatalogs"));

    @Test
    void everyReasonHasItsRunbookAndEveryRunbookItsReason() {
        assertThat(REASONS.keySet()).containsExactlyInAnyOrderElementsOf(Runbooks.reasons());
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() {
        assertThat(ALERTS.keySet())
                .containsExactlyInAnyOrderElementsOf(Runbooks.alerts().keySet());
    }

    static Stream<Runbook> all() {
        return Stream.concat(REASONS.values().stream(), ALERTS.values().stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRunbookHasTheFormThatTheIndexLaysDown(Runbook runbook) {
        assertThat(runbook.text()).startsWith("# " + runbook.name() + "\n\n- ");
        assertThat(runbook.sections().keySet()).containsExactly("Meaning", "Impact", "Diagnosis", "Mitigation");
        assertThat(runbook.sections().values()).allSatisfy(it -> assertThat(it).isNotBlank());
        assertThat(runbook.sections().get("Diagnosis")).contains("kubectl ");
        assertThat(List.of(runbook.means(), runbook.nextStep()))
                .allSatisfy(it -> assertThat(it).endsWith(".").doesNotContain("]("));
    }

    @Test
    void aRunbookOfAReasonSaysInWhichConditionItShows() {
        assertThat(ConditionReason.all()).allSatisfy(reason -> {
            assertThat(REASONS).containsKey(reason.name());
            var runbook = REASONS.get(reason.name());
            assertThat(runbook.facts().keySet())
                    .containsAnyOf(Runbook.ONBOARDING, Runbook.CATALOG)
                    .contains(Runbook.MEANS, Runbook.NEXT_STEP)
                    .isSubsetOf(Runbook.ONBOARDING, Runbook.CATALOG, Runbook.MEANS, Runbook.NEXT_STEP);
            assertThat(expected(reason))
                    .allSatisfy(expected -> assertThat(runbook.places(Runbook.ONBOARDING))
                            .as(reason.name())
                            .anySatisfy(it -> {
                                assertThat(it.name()).isEqualTo(expected.name());
                                assertThat(it.statuses()).containsAll(expected.statuses());
                            }));
        });
    }

    @Test
    void aRunbookOfAReasonNamesEachConditionThatHasItOfItsOwnAccord() {
        assertThat(ConditionReason.all())
                .allSatisfy(reason -> assertThat(places(reason))
                        .as(reason.name())
                        .containsAll(owners(reason).toList()));
    }

    @Test
    void aRunbookOfAReasonNamesNoConditionThatCannotHaveIt() {
        assertThat(ConditionReason.all()).allSatisfy(reason -> {
            var sameName = ConditionReason.all().stream()
                    .filter(it -> it.name().equals(reason.name()))
                    .flatMap(RunbooksTest::owners)
                    .toList();
            assertThat(places(reason))
                    .as(reason.name())
                    .allMatch(it -> it == OwnedCondition.Ready || sameName.contains(it));
        });
    }

    private static Stream<OwnedCondition> owners(ConditionReason reason) {
        return Stream.of(OwnedCondition.values()).filter(it -> it.owns(reason));
    }

    private static List<OwnedCondition> places(ConditionReason reason) {
        return Stream.of(Runbook.ONBOARDING, Runbook.CATALOG)
                .flatMap(it -> REASONS.get(reason.name()).places(it).stream())
                .flatMap(it -> OwnedCondition.of(it.name()).stream())
                .toList();
    }

    private static List<Place> expected(ConditionReason reason) {
        return switch (reason) {
            case Mistake(var mistake) ->
                List.of(
                        new Place(
                                ConditionType.READY,
                                mistake.mayHeal() ? List.of(Status.Unknown, Status.False) : List.of(Status.False)),
                        new Place(ConditionType.CONSENT_GRANTED, List.of(Status.Unknown)));
            case Unread(var failure) ->
                List.of(new Place(
                        ConditionType.VERIFIER_AUTHORIZED,
                        List.of(failure.definite() ? Status.False : Status.Unknown)));
            case Unreached(var unreached) ->
                List.of(new Place(
                        ConditionType.NETWORK_REACHABLE, List.of(unreached.tried() ? Status.False : Status.Unknown)));
            case Open _, Summary _ -> List.of();
        };
    }

    @Test
    void aRunbookOfAnAlertRepeatsItsSeverity() {
        assertThat(ALERTS.values())
                .allSatisfy(it -> assertThat(it.facts())
                        .containsEntry("Severity", Runbooks.alerts().get(it.name())));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFieldThatACommandReadsExists(Runbook runbook) {
        assertThat(JSON_PATH.matcher(runbook.text()).results())
                .allSatisfy(it -> assertThat(new JsonPathTemplate(it.group(2)).unknownFields(SCHEMAS.get(it.group(1))))
                        .as(it.group())
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/kubectl.md", "docs/tutorial.md", "docs/administrator-page.md"})
    void everyFieldThatACommandOfADocumentReadsExists(String document) {
        assertThat(JSON_PATH
                        .matcher(Runbooks.read(Runbooks.REPOSITORY.resolve(document)))
                        .results())
                .allSatisfy(it -> assertThat(new JsonPathTemplate(it.group(2)).unknownFields(SCHEMAS.get(it.group(1))))
                        .as(it.group())
                        .isEmpty());
    }

    @Test
    void aFieldThatDoesNotExistIsNoticed() {
        assertThat(new JsonPathTemplate("{range .status.endpoints[?(@.state==\"X\")]}{.name}{.url}{end}{.status.gone}")
                        .unknownFields(SCHEMAS.get("tob")))
                .containsExactly(".url of .url", ".gone of .status.gone");
    }

    @Test
    void theTablesOfConditionsAreTheGeneratedOnes() throws IOException {
        assertGenerated(Runbooks.REPOSITORY.resolve("docs/conditions.md"), DOCUMENTS::conditions);
    }

    @Test
    void theIndexOfTheRunbooksIsTheGeneratedOne() throws IOException {
        assertGenerated(Runbooks.FOLDER.resolve("README.md"), DOCUMENTS::index);
    }

    private static void assertGenerated(Path file, UnaryOperator<String> generated) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, generated.apply(Runbooks.read(file)));
        }
        var committed = Runbooks.read(file);
        assertThat(committed).as("run make docs and commit what it writes").isEqualTo(generated.apply(committed));
    }

    private static JSONSchemaProps schema(String plural) {
        return new KubernetesSerialization()
                .unmarshal(
                        Runbooks.read(Runbooks.REPOSITORY.resolve(
                                "crds/src/main/resources/crds/" + plural + ".onboarding.tenantops.dev-v1.yml")),
                        CustomResourceDefinition.class)
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema();
    }
}
