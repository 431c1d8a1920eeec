package dev.tenantops.onboarding.sandbox.microsoft.directory;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.ACS;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.GRAPH;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.PUBLISHER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.VERIFIER;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.acs;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.console;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.role;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.control.GrantedPermissions;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedDirectoryTest {

    private final SimulatedDirectory directory = new SimulatedDirectory();

    @BeforeEach
    void createTenant() {
        directory.createTenant(TENANT, "Contoso");
        directory.register(console(scope("User.Read"), scope("Mail.Send"), role("Chat.Read.All")));
    }

    @Test
    void consentReplacesWhatWasGrantedTenantWideAndLeavesUsersAlone() {
        directory.consent(TENANT, CONSOLE);
        directory.consentAsUser(TENANT, CONSOLE, "alice", GRAPH, "Calendars.Read");
        directory.grant(TENANT, CONSOLE, GRAPH, PermissionType.Application, "Presence.Read.All");
        directory.register(console(scope("User.Read"), acs("Teams.ManageChats")));

        directory.consent(TENANT, CONSOLE);

        assertThat(granted())
                .satisfiesExactly(
                        chats ->
                                assertThat(chats).isEqualTo("Azure Communication Services Delegated Teams.ManageChats"),
                        user -> assertThat(user).startsWith("Microsoft Graph Delegated Calendars.Read for user "),
                        read -> assertThat(read).isEqualTo("Microsoft Graph Delegated User.Read"));
    }

    @Test
    void consentAgainKeepsTheObjectsThatStay() {
        directory.consent(TENANT, CONSOLE);
        ServicePrincipal before = directory.tenants().require(TENANT).state().require(CONSOLE);

        directory.consent(TENANT, CONSOLE);

        assertThat(directory.tenants().require(TENANT).state().require(CONSOLE)).isEqualTo(before);
    }

    @Test
    void whatNoApiDefinesIsNotInvented() {
        directory.register(console(scope("User.Read"), scope("Made.Up"), role("Teams.ManageChats")));

        directory.consent(TENANT, CONSOLE);

        assertThat(granted()).containsExactly("Microsoft Graph Delegated User.Read");
    }

    @Test
    void consentLeavesOutAnApiThatTheTenantLacks() {
        directory.removeResource(TENANT, ACS);
        directory.register(console(scope("User.Read"), acs("Teams.ManageChats")));

        directory.consent(TENANT, CONSOLE);

        assertThat(granted()).containsExactly("Microsoft Graph Delegated User.Read");
    }

    @Test
    void revokingOnePermissionLeavesTheOthersAndThoseOfUsers() {
        directory.consent(TENANT, CONSOLE);
        directory.consentAsUser(TENANT, CONSOLE, "alice", GRAPH, "Mail.Send");

        directory.revoke(TENANT, CONSOLE, GRAPH, PermissionType.Delegated, "Mail.Send");
        directory.revoke(TENANT, CONSOLE, GRAPH, PermissionType.Application, "Chat.Read.All");

        assertThat(granted())
                .hasSize(2)
                .contains("Microsoft Graph Delegated User.Read")
                .anyMatch(grant -> grant.startsWith("Microsoft Graph Delegated Mail.Send for user "));
    }

    @Test
    void revokingTheConsentLeavesTheServicePrincipal() {
        directory.consent(TENANT, CONSOLE);
        directory.consentAsUser(TENANT, CONSOLE, "alice", GRAPH, "Mail.Send");

        directory.revokeConsent(TENANT, CONSOLE);

        assertThat(granted()).isEmpty();
    }

    @Test
    void aResourceCanBeAnybodysApi() {
        String api = "aaaa0000-0000-4000-8000-000000000001";
        directory.defineResource(api, "Recording API", List.of("Recordings.Read.All"), List.of("Recordings.Read"));
        directory.provisionResource(TENANT, api);
        directory.register(console(
                new RequestedPermission(api, PermissionType.Application, "Recordings.Read.All"),
                new RequestedPermission(api, PermissionType.Delegated, "Recordings.Read")));

        directory.consent(TENANT, CONSOLE);

        assertThat(granted())
                .containsExactly(
                        "Recording API Application Recordings.Read.All", "Recording API Delegated Recordings.Read");
    }

    @Test
    void aCatalogRegistersItsApplicationsAndItsVerifier() {
        ApplicationCatalog catalog =
                Serialization.unmarshal("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: heedify}
                spec:
                  publisher: Heedify
                  allowedNamespaces: {from: All}
                  verifier: {clientId: %s}
                  redirectUri: https://portal.heedify.example/callback
                  applications:
                  - name: console
                    displayName: Heedify Agent Console
                    clientId: %s
                    permissions:
                    - resource: MicrosoftGraph
                      delegated: [User.Read]
                      application: [Chat.Read.All]
                      optional: {delegated: [Mail.Send]}
                  - name: teams-app
                    action: {type: PublishTeamsApp, teamsAppId: aaaa0000-0000-4000-8000-000000000009}
                """.formatted(VERIFIER, CONSOLE), ApplicationCatalog.class);

        directory.register(catalog, "secret", List.of("https://operator.example/consent/callback"));

        ApplicationRegistration console = directory.registrations().require(CONSOLE);
        assertThat(console.permissions())
                .containsExactly(scope("User.Read"), scope("Mail.Send"), role("Chat.Read.All"));
        assertThat(console.redirectUris())
                .containsExactlyInAnyOrder(
                        "https://portal.heedify.example/callback", "https://operator.example/consent/callback");
        ApplicationRegistration verifier = directory.registrations().require(VERIFIER);
        assertThat(verifier.permissions()).containsExactly(role("Directory.Read.All"), role("Application.Read.All"));
        assertThat(verifier.secrets()).containsExactly("secret");
        assertThat(verifier.publisherTenantId()).isEqualTo(console.publisherTenantId());
        assertThat(directory.registrations().all()).hasSize(2);
    }

    @Test
    void concurrentChangesAllTakeEffect() throws Exception {
        List<String> scopes =
                List.of("Mail.Send", "Mail.ReadWrite", "Calendars.Read", "Presence.Read", "User.Read.All");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> changes = scopes.stream()
                    .map(value -> threads.submit(
                            () -> directory.grant(TENANT, CONSOLE, GRAPH, PermissionType.Delegated, value)))
                    .toList();
            for (Future<?> change : changes) {
                change.get();
            }
        }

        assertThat(granted()).hasSameSizeAs(scopes);
    }

    @Test
    void changesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> directory.consent("contoso.example", CONSOLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No tenant contoso.example exists");
        assertThatThrownBy(() -> directory.restore(TENANT, CONSOLE))
                .hasMessageContaining("no deleted service principal");
        assertThatThrownBy(() -> directory.createTenant(TENANT, "Again")).hasMessageContaining("exists already");
        directory.consent(TENANT, CONSOLE);
        directory.delete(TENANT, CONSOLE);
        directory.consent(TENANT, CONSOLE);
        assertThatThrownBy(() -> directory.restore(TENANT, CONSOLE)).hasMessageContaining("live service principal");
    }

    @Test
    void secretsNeverReachText() {
        ApplicationRegistration registration = new ApplicationRegistration(
                CONSOLE,
                "Console",
                PUBLISHER,
                List.of(),
                List.of(),
                Set.of("a secret"),
                Set.of("an old one"),
                null,
                null,
                true);

        assertThat(registration.toString()).doesNotContain("a secret", "an old one");
    }

    private List<String> granted() {
        return GrantedPermissions.of(directory, TENANT, CONSOLE);
    }
}
