package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredRegistration;
import dev.tenantops.onboarding.operator.observe.PublisherObservation;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Requested;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegistrationJudgeTest {

    private static final Instant DELETED = Instant.parse("2026-02-01T08:00:00Z");
    private static final String CALLBACK = "https://onboarding.example/consent/callback";
    private static final String GRAPH = WellKnownResource.MicrosoftGraph.appId();
    private static final String ACS = WellKnownResource.AzureCommunicationServices.appId();
    private static final List<DesiredRegistration> DESIRED =
            DesiredRegistration.of(Samples.catalog(Samples.CATALOG).getSpec(), Optional.of(URI.create(CALLBACK)));

    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, ResourceServicePrincipal> resources = new HashMap<>();

    RegistrationJudgeTest() {
        resources.put(GRAPH, api(GRAPH, "Presence.Read.All", "User.Read.All", "Directory.Read.All", "Calendars.Read"));
        resources.put(ACS, api(ACS, "Teams.ManageCalls"));
        seen.put(Samples.PRESENCE, present(role(GRAPH, "Presence.Read.All")));
        seen.put(Samples.CONSOLE, present(scope(GRAPH, "User.Read.All"), scope(ACS, "Teams.ManageCalls")));
        seen.put(Samples.VERIFIER, present());
    }

    @Test
    void theApplicationsAndTheVerifierAreLookedFor() {
        assertThat(DESIRED)
                .extracting(DesiredRegistration::clientId)
                .as("an action has no registration")
                .containsExactly(Samples.PRESENCE, Samples.CONSOLE, Samples.VERIFIER);
    }

    @Test
    void whatIsAsItHasToBeIsRegistered() {
        assertThat(judge(Map.of())).allSatisfy(it -> {
            assertThat(it.state()).isEqualTo(RegistrationState.Registered);
            assertThat(it.missingReplyUrl()).isEmpty();
            assertThat(it.notRequested()).isEmpty();
        });
    }

    @Test
    void anotherReplyUrlWillNotDo() {
        seen.put(
                Samples.PRESENCE,
                new Seen.Present(true, Set.of(CALLBACK + "/"), Set.of(role(GRAPH, "Presence.Read.All"))));
        assertThat(judge(Map.of()).getFirst().missingReplyUrl()).contains(CALLBACK);
    }

    @Test
    void aScopeInPlaceOfARoleIsNotWhatIsAskedFor() {
        seen.put(Samples.PRESENCE, present(scope(GRAPH, "Presence.Read.All")));
        assertThat(judge(Map.of()).getFirst().notRequested())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Application, "Presence.Read.All"));
    }

    @Test
    void aLargerPermissionThatTheCatalogAcceptsIsEnoughAndAnOptionalOneIsNotNeeded() {
        seen.put(Samples.CONSOLE, present(scope(GRAPH, "Directory.Read.All"), scope(ACS, "Teams.ManageCalls")));
        assertThat(judge(Map.of()).get(1).notRequested()).isEmpty();
    }

    @Test
    void ofAnApiThatThePublisherDoesNotHaveNothingIsSaid() {
        resources.remove(ACS);
        seen.put(Samples.CONSOLE, present(scope(GRAPH, "User.Read.All")));
        assertThat(judge(Map.of()).get(1).notRequested()).isEmpty();
    }

    @Test
    void whatTheRecycleBinHasIsDeletedAndWhatOnlyItsTenantCanUseIsSingleTenant() {
        seen.put(Samples.PRESENCE, new Seen.Deleted(DELETED));
        seen.put(Samples.CONSOLE, new Seen.Present(false, Set.of(CALLBACK), Set.of()));
        var verdicts = judge(Map.of());
        assertThat(verdicts)
                .extracting(RegistrationVerdict::state)
                .containsExactly(
                        RegistrationState.Deleted, RegistrationState.SingleTenant, RegistrationState.Registered);
        assertThat(verdicts.getFirst().deletedAt()).contains(DELETED);
    }

    @Test
    void whatIsNotThereIsDeletedOnlyIfItWasSeenBefore() {
        seen.put(Samples.PRESENCE, new Seen.Absent());
        seen.put(Samples.CONSOLE, new Seen.Absent());
        assertThat(judge(Map.of())).extracting(RegistrationVerdict::state).startsWith(RegistrationState.NotFound);
        for (var before :
                List.of(RegistrationState.Registered, RegistrationState.SingleTenant, RegistrationState.Deleted)) {
            assertThat(judge(Map.of(Samples.PRESENCE, before, Samples.CONSOLE, RegistrationState.NotFound)))
                    .extracting(RegistrationVerdict::state)
                    .startsWith(RegistrationState.Deleted, RegistrationState.NotFound);
        }
    }

    @Test
    void onlyNewsOfWhatIsWrongIsDoubtful() {
        assertThat(RegistrationJudge.isDoubtful(judge(Map.of()), Map.of())).isFalse();
        seen.put(Samples.PRESENCE, new Seen.Deleted(DELETED));
        var deleted = judge(Map.of());
        assertThat(RegistrationJudge.isDoubtful(deleted, Map.of(Samples.PRESENCE, RegistrationState.Registered)))
                .isTrue();
        assertThat(RegistrationJudge.isDoubtful(deleted, Map.of(Samples.PRESENCE, RegistrationState.Deleted)))
                .isFalse();
        assertThat(RegistrationJudge.agree(deleted, judge(Map.of()))).isTrue();
    }

    private List<RegistrationVerdict> judge(Map<String, RegistrationState> before) {
        return RegistrationJudge.judge(DESIRED, new PublisherObservation(seen, resources), before);
    }

    private static Seen present(Requested... requested) {
        return new Seen.Present(true, Set.of(CALLBACK), Set.of(requested));
    }

    private static Requested role(String api, String value) {
        return new Requested(api, PermissionType.Application, "role " + value);
    }

    private static Requested scope(String api, String value) {
        return new Requested(api, PermissionType.Delegated, "scope " + value);
    }

    private static ResourceServicePrincipal api(String appId, String... values) {
        return new ResourceServicePrincipal(
                "sp",
                appId,
                true,
                Reading.of(PermissionDefinitions.of(
                        Stream.of(values)
                                .map(it -> new PermissionDefinition("role " + it, it, true))
                                .collect(Collectors.toList()),
                        Stream.of(values)
                                .map(it -> new PermissionDefinition("scope " + it, it, true))
                                .collect(Collectors.toList()))));
    }
}
