package dev.tenantops.onboarding.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.Samples;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What attestations, retirements and waivers are about, and what of them is about nothing. */
class AttestationsTest {

    private static final String CATALOG = Samples.CATALOG.replace(
            "      optional: {delegated: [Calendars.Read]}\n",
            "      optional: {delegated: [Calendars.Read]}\n"
                    + "      waivable: [{type: Delegated, value: User.Read.All}]\n");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "catalog: acme, application: console, prerequisite: a | no licence names the catalog acme",
                "catalog: heedify, application: teams-app, prerequisite: a | the licences bring no application teams-app",
                "catalog: heedify, application: console, prerequisite: a | has no prerequisite a in the catalog heedify.",
                "catalog: heedify, application: console, permission: MicrosoftGraph/Delegated/User.Reed | does not ask for"
                        + " MicrosoftGraph/Delegated/User.Reed",
                "catalog: heedify, application: console, permission: MicrosoftGraph/Application/User.Read.All | does not ask"
                        + " for MicrosoftGraph/Application/User.Read.All",
                "catalog: heedify, application: console, permission: AzureCommunicationServices/Delegated/Teams.ManageCalls |"
                        + " waivable, so nobody can do without it, only MicrosoftGraph/Delegated/User.Read.All.",
            })
    void anAttestationThatIsAboutNothingIsAMistake(String attestation, String message) {
        var desired = resolve(attestation, "2026-06-01T00:00:00Z");
        assertThat(desired.attestationMistakes())
                .singleElement()
                .asString()
                .startsWith("spec.attestations[0] does not count: ")
                .contains(message.strip());
        assertThat(desired.problems()).isEmpty();
    }

    @Test
    void ofACatalogThatCannotBeResolvedNothingIsSaid() {
        var desired = Samples.resolve(
                Samples.ONBOARDING
                        + "  attestations: [{catalog: heedify, application: console, prerequisite: a, reason: a, until:"
                        + " \"2026-06-01T00:00:00Z\"}]\n",
                Map.of());
        assertThat(desired.attestationMistakes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MicrosoftGraph/Delegated/User.Read.All",
        "MicrosoftGraph/Delegated/user.read.all",
        "00000003-0000-0000-C000-000000000000/Delegated/User.Read.All"
    })
    void aPermissionIsMeantUnderEachOfItsNames(String permission) {
        var desired = resolve(
                "catalog: heedify, application: console, permission: " + permission, "2026-06-01T01:00:00+01:00");
        assertThat(desired.attestationMistakes()).isEmpty();
        assertThat(desired.applications().getLast().permissions())
                .filteredOn(it -> !it.attested().ends().isEmpty())
                .singleElement()
                .satisfies(
                        it -> assertThat(it.attested().ends()).containsExactly(Instant.parse("2026-06-01T00:00:00Z")));
    }

    @Test
    void whatACatalogSaysUnderAnotherNameOfTheApiCountsAsWell() {
        var catalog = Samples.catalog(Samples.CATALOG.replace(
                "    - {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}\n",
                "    - {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}\n"
                        + "    - {resource: 00000003-0000-0000-c000-000000000000, delegated: [User.Read], retirements: [{type:"
                        + " Delegated, value: User.Read.All, date: \"2026-04-01\"}]}\n"));
        assertThat(CatalogMistakes.of(catalog.getSpec())).isEmpty();
        assertThat(CatalogRetirement.of(catalog.getSpec())).singleElement().satisfies(it -> {
            assertThat(it.application()).isEqualTo("console");
            assertThat(it.retirement().date()).isEqualTo(LocalDate.parse("2026-04-01"));
        });
    }

    @Test
    void whatACatalogDoesNotAskForCanNeitherEndNorBeWaived() {
        var catalog = Samples.catalog(Samples.CATALOG.replace(
                "      optional: {delegated: [Calendars.Read]}\n",
                "      optional: {delegated: [Calendars.Read]}\n"
                        + "      retirements: [{type: Application, value: User.Read.All, date: \"2026-04-01\"}, {type:"
                        + " Delegated, value: Directory.Read.All, date: \"2026-04-01\"}, {type: Delegated, value:"
                        + " User.Read.All, date: \"2026-02-30\"}]\n"
                        + "      waivable: [{type: Delegated, value: Directory.Read.All}, {type: Delegated, value:"
                        + " calendars.read}]\n"));
        assertThat(CatalogMistakes.of(catalog.getSpec()))
                .extracting(SpecProblem::message)
                .containsExactly(
                        "spec.applications, console: a retirement names the Application permission User.Read.All of"
                                + " MicrosoftGraph, which the application does not ask for. Correct the type or the value.",
                        "spec.applications, console: the retirement of User.Read.All has the date 2026-02-30, which is no"
                                + " day. Write one such as 2027-04-01.",
                        "spec.applications, console: waivable names the Delegated permission Directory.Read.All of"
                                + " MicrosoftGraph, which the application does not ask for. Correct the type or the value.");
        assertThat(Samples.resolve(Samples.ONBOARDING, Map.of("heedify", catalog))
                        .problems())
                .isEmpty();
    }

    @Test
    void theRetirementsOfACatalogAreThoseOfWhatIsNeededTheEarliestFirst() {
        var catalog = Samples.catalog(Samples.CATALOG
                .replace(
                        "      optional: {delegated: [Calendars.Read]}\n",
                        "      optional: {delegated: [Calendars.Read]}\n"
                                + "      retirements: [{type: Delegated, value: User.Read.All, date: \"2027-04-01\"}, {type:"
                                + " Delegated, value: Calendars.Read, date: \"2026-01-01\"}]\n")
                .replace(
                        "application: [Presence.Read.All]}",
                        "application: [Presence.Read.All], retirements: [{type: Application, value: Presence.Read.All,"
                                + " date: \"2026-12-01\"}]}"));
        assertThat(CatalogRetirement.of(catalog.getSpec()))
                .extracting(CatalogRetirement::key)
                .isEqualTo(List.of(
                        "presence MicrosoftGraph Application Presence.Read.All",
                        "console MicrosoftGraph Delegated User.Read.All"));
    }

    private static DesiredOnboarding resolve(String attestation, String until) {
        return Samples.resolve(
                Samples.ONBOARDING + "  attestations: [{" + attestation + ", reason: a, until: \"" + until + "\"}]\n",
                Map.of("heedify", Samples.catalog(CATALOG)));
    }
}
