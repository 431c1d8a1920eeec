package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApplicationStatus.Attestations;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.ApplicationStatus.Times;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApplicationStatusTest {

    private static final ApplicationStatus APPLICATION = new ApplicationStatus(
            new Identity("heedify", "console", "Console", "client", "principal"),
            ApplicationState.PermissionsMissing,
            true,
            new Link("https://login.example.com", "Global Administrator"),
            "It lacks one.",
            new Permissions(
                    new Listed(List.of(permission("Granted")), 11),
                    List.of(new SatisfiedPermission(permission("Satisfied"), "Larger")),
                    new Listed(List.of(permission("Missing")), 12),
                    new Listed(List.of(permission("Awaited")), 13),
                    List.of(permission("Lost")),
                    new Listed(List.of(permission("Surplus")), 14),
                    List.of(permission("openid"))),
            new Attestations(
                    List.of(permission("Waived")),
                    List.of(new PrerequisiteStatus(
                            "allowed", PrerequisiteStatus.State.Attested, "2026-12-31T00:00:00Z"))),
            new Times("lastGranted", "vanished", "firstMissing", "appeared", "consentReturned"));

    @Test
    void whatBelongsTogetherStandsInOneFlatObject() throws Exception {
        assertThat(new ObjectMapper().<JsonNode>valueToTree(APPLICATION)).isEqualTo(new ObjectMapper().readTree("""
                        {
                          "catalog": "heedify",
                          "name": "console",
                          "displayName": "Console",
                          "clientId": "client",
                          "servicePrincipalId": "principal",
                          "state": "PermissionsMissing",
                          "optional": true,
                          "consentUrl": "https://login.example.com",
                          "grantableBy": "Global Administrator",
                          "message": "It lacks one.",
                          "granted": ["MicrosoftGraph/Delegated/Granted"],
                          "grantedTotal": 11,
                          "satisfied": [{
                            "permission": {"resource": "MicrosoftGraph", "type": "Delegated", "value": "Satisfied"},
                            "by": "Larger"
                          }],
                          "missing": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Missing"}],
                          "missingTotal": 12,
                          "awaited": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Awaited"}],
                          "awaitedTotal": 13,
                          "lost": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Lost"}],
                          "surplus": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Surplus"}],
                          "surplusTotal": 14,
                          "notVerifiable": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "openid"}],
                          "attested": ["MicrosoftGraph/Delegated/Waived"],
                          "prerequisites": [{"name": "allowed", "state": "Attested", "until": "2026-12-31T00:00:00Z"}],
                          "lastGrantedTime": "lastGranted",
                          "vanishedTime": "vanished",
                          "firstMissingTime": "firstMissing",
                          "appearedTime": "appeared",
                          "consentReturnedTime": "consentReturned"
                        }
                        """));
    }

    @Test
    void itsPartsMakeItAgain() {
        assertThat(new ApplicationStatus(
                        APPLICATION.identity(),
                        APPLICATION.state(),
                        APPLICATION.optional(),
                        APPLICATION.link(),
                        APPLICATION.message(),
                        APPLICATION.permissions(),
                        APPLICATION.attestations(),
                        APPLICATION.times()))
                .isEqualTo(APPLICATION);
    }

    @Test
    void aListThatIsCutTellsHowManyThereAre() {
        var listed = Listed.of(
                IntStream.range(0, 70).mapToObj(it -> permission("Scope." + it)).toList());
        assertThat(listed.shown()).hasSize(50);
        assertThat(listed.count()).isEqualTo(70);
        assertThat(listed.unlisted()).isEqualTo(20);
    }

    private static Permission permission(String value) {
        return new Permission("MicrosoftGraph", PermissionType.Delegated, value);
    }
}
