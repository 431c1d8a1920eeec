package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.AllowedNamespaces;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another version has written, or a stranger, is read as far as this version knows it, the way informers read. */
class ForeignDataTest {

    private static final String HEADER = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: TenantOnboarding
            metadata: {name: contoso, namespace: default}
            """;

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Test
    void anApplicationInALaterStateKeepsItsMemoryAndIsNotVerified() {
        var status = status("""
                applications:
                - {catalog: heedify, name: reports, state: AwaitingOwner, lastGrantedTime: "2026-01-01T00:00:00Z",
                   grantedTotal: 1, granted: [{resource: MicrosoftGraph, type: Delegated, value: User.Read}]}
                - {catalog: heedify, name: presence, state: Granted}
                """);
        assertThat(status.applications())
                .extracting(ApplicationStatus::state)
                .containsExactly(ApplicationState.NotVerified, ApplicationState.Granted);
        assertThat(status.applications().getFirst().lastGrantedTime()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(status.applications().getFirst().granted())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read"));
    }

    @Test
    void whatIsGrantedIsReadInTheFormOfEachVersion() {
        var read = new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read");
        var odd = new Permission("00000003-0000-0000-c000-000000000000", PermissionType.Application, "a/b/c");
        var status = status("""
                applications:
                - {catalog: heedify, name: before, state: Granted, granted:
                   [{resource: MicrosoftGraph, type: Delegated, value: User.Read}]}
                - {catalog: heedify, name: now, state: Granted, granted:
                   [MicrosoftGraph/Delegated/User.Read, 00000003-0000-0000-c000-000000000000/Application/a/b/c]}
                - {catalog: heedify, name: later, state: Granted, granted:
                   [5, MicrosoftGraph/Owned/User.Read, "", null, [a], {a: 1}, MicrosoftGraph/Delegated/User.Read]}
                """);
        assertThat(status.applications())
                .extracting(ApplicationStatus::granted)
                .containsExactly(List.of(read), List.of(read, odd), List.of(read));
        assertThat(serialization.asJson(status))
                .contains("\"granted\":[\"MicrosoftGraph/Delegated/User.Read\","
                        + "\"00000003-0000-0000-c000-000000000000/Application/a/b/c\"]")
                .doesNotContain("\"resource\"");
    }

    @Test
    void entriesThatSayNothingWithoutTheirForeignPartAreLeftOut() {
        var status = status("""
                verifiers: [{catalog: heedify, state: {later: true}}, {catalog: acme, state: Authorized, tier: Tenant}]
                endpoints: [{name: heedify/a, state: [1]}, {name: heedify/b, state: Reachable, stages: [{a: 1}, "Tls 1ms"]}]
                applications:
                - {catalog: heedify, name: [a], state: Granted}
                - {catalog: heedify, name: reports, state: Granted, grantedTotal: 99999999999, missing:
                   [{resource: MicrosoftGraph, type: Owned, value: a}, 5, null], satisfied:
                   [{permission: {resource: MicrosoftGraph, type: Owned, value: a}, by: b}, {by: b}], attested:
                   [5, MicrosoftGraph/Owned/a, MicrosoftGraph/Delegated/a], prerequisites:
                   [{name: a, state: Audited}, {state: Attested}, {name: b, state: Attested, until: soon}]}
                conditions:
                - {type: Ready, status: Perhaps, reason: Onboarded, message: m, lastTransitionTime: "2026-01-01T00:00:00Z"}
                - {type: Later, status: "True", reason: Later, message: m, lastTransitionTime: soon}
                """);
        assertThat(status.verifiers()).singleElement().satisfies(it -> {
            assertThat(it.catalog()).isEqualTo("acme");
            assertThat(it.tier()).isNull();
        });
        assertThat(status.endpoints()).extracting(EndpointStatus::name).containsExactly("heedify/b");
        assertThat(status.endpoints().getFirst().stages()).containsExactly("Tls 1ms");
        assertThat(status.applications()).singleElement().satisfies(it -> {
            assertThat(it.name()).isEqualTo("reports");
            assertThat(it.grantedTotal()).isNull();
            assertThat(it.missing()).isEmpty();
            assertThat(it.satisfied()).isEmpty();
            assertThat(it.attested()).containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "a"));
            assertThat(it.prerequisites()).extracting(PrerequisiteStatus::name).containsExactly("b");
        });
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Later");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                status: 5
                status: later
                status: ""
                status: [1, {a: 2}]
                status: {observedGeneration: [1], conditions: {a: b}, applications: later, lastVerified: {a: 1}}
                status: {observedGeneration: 99999999999999999999, endpoints: [5, [], "a", null, true]}
                status: {observedGeneration: "", conditions: "", applications: [""]}
                status: {observedGeneration: 1.5e300, conditions: [{status: "", type: ""}]}
                """)
    void noStatusFailsTheReading(String status) {
        assertThat(read(HEADER + status).getStatus()).isNotNull();
    }

    @Test
    void aListAndAWatchBringTheOthersToo() {
        var list = serialization.unmarshal("""
                {"apiVersion": "onboarding.tenantops.dev/v1alpha1", "kind": "TenantOnboardingList", "items": [
                  {"metadata": {"name": "later"}, "spec": {"tenantId": [], "licenses": "all"},
                   "status": {"applications": [{"catalog": "c", "name": "n", "state": "AwaitingOwner"}]}},
                  {"metadata": {"name": "contoso"}, "spec": {"tenantId": "t", "licenses": [{"catalog": "c"}]},
                   "status": {"observedGeneration": 7}}]}
                """, Onboardings.class);
        assertThat(list.getItems()).extracting(it -> it.getMetadata().getName()).containsExactly("later", "contoso");
        assertThat(list.getItems().get(1).getStatus().observedGeneration()).isEqualTo(7);
        serialization.registerKubernetesResource(TenantOnboarding.class);
        var event = serialization.unmarshal("""
                {"type": "MODIFIED", "object": {"apiVersion": "onboarding.tenantops.dev/v1alpha1",
                 "kind": "TenantOnboarding", "metadata": {"name": "later"}, "spec": {"tenantId": "t"},
                 "status": {"conditions": [{"type": "Ready", "status": "Perhaps"}]}}}
                """, WatchEvent.class);
        assertThat(event.getObject()).isInstanceOf(TenantOnboarding.class);
    }

    private static final class Onboardings extends DefaultKubernetesResourceList<TenantOnboarding> {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                cloud: Global                  | cloud: Moon                        | spec.cloud | Moon
                {from: All}                    | {from: Everyone}                   | spec.allowedNamespaces.from | Everyone
                {from: All}                    | everyone                           | spec.allowedNamespaces | everyone
                clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d1111 | clientId: {a: 1}   | spec.verifier.clientId | {…}
                delegated: [User.Read]         | delegated: [User.Read, {a: 1}]     | spec.applications[0].permissions[0].delegated[1] | {…}
                delegated: [User.Read]         | satisfiedBy: [{type: Owned, value: a, by: [b]}] | spec.applications[0].permissions[0].satisfiedBy[0].type | Owned
                clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222 | action: {type: Dance, teamsAppId: x} | spec.applications[0].action.type | Dance
                probeUrl: "wss                 | optional: 5, probeUrl: "wss        | |
                """)
    void whatIsForeignInACatalogIsNotedAndTheRestIsRead(String good, String foreign, String field, String value) {
        var yaml = ValidResources.CATALOG;
        assertThat(yaml).contains(good);
        var spec = serialization
                .unmarshal(yaml.replaceFirst(Pattern.quote(good), foreign), ApplicationCatalog.class)
                .getSpec();
        if (field == null) {
            assertThat(spec.foreign()).isEmpty();
        } else {
            assertThat(spec.foreign()).singleElement().satisfies(it -> {
                assertThat(it.field()).isEqualTo(field);
                assertThat(it.value()).isEqualTo(value);
            });
        }
        assertThat(spec.publisher()).isEqualTo("Heedify");
        assertThat(spec.plans()).hasSize(1);
    }

    @Test
    void whatIsForeignInAnOnboardingIsNotedAndTheRestIsRead() {
        var spec = read(ValidResources.ONBOARDING.replace(
                        "3128\"}", "3128\", caBundleRef: {kind: Vault, name: ca}, later: {a: 1}}"))
                .getSpec();
        assertThat(spec.foreign()).containsExactly(new ForeignValue("/network/proxy/caBundleRef/kind", "Vault"));
        assertThat(spec.network().proxy().caBundleRef().name()).isEqualTo("ca");
        assertThat(spec.licenses()).hasSize(1);
    }

    @Test
    void whatIsNotedIsNeverWritten() {
        var catalog = serialization.unmarshal(
                ValidResources.CATALOG.replace("cloud: Global", "cloud: Moon"), ApplicationCatalog.class);
        assertThat(catalog.getSpec().foreign()).isNotEmpty();
        assertThat(serialization.asJson(catalog)).doesNotContain("foreign", "Moon");
    }

    @Test
    void anOnboardingWithoutAReadableSpecIsThere() {
        assertThat(read(HEADER + "spec: later").getSpec().licenses()).isEqualTo(List.of());
        assertThat(read(HEADER + "spec: null").getSpec().licenses()).isEqualTo(List.of());
        assertThat(new AllowedNamespaces(null, null).from()).isNull();
    }

    private TenantOnboardingStatus status(String fields) {
        return read(HEADER + "status:\n" + fields.indent(2)).getStatus();
    }

    private TenantOnboarding read(String yaml) {
        return serialization.unmarshal(yaml, TenantOnboarding.class);
    }
}
