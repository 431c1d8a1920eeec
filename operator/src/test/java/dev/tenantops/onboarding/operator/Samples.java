package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.desired.SeenApplication;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog and an onboarding that the pure tests start from. */
public final class Samples {

    public static final String TENANT = "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10";
    public static final String VERIFIER = "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d0000";
    public static final String PRESENCE = "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d1111";
    public static final String CONSOLE = "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222";
    public static final String UID = "0b0e4a8e-4f0e-4dc5-8c2e-6a54b1a6d111";

    public static final String CATALOG = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: ApplicationCatalog
            metadata: {name: heedify, generation: 1}
            spec:
              publisher: Heedify
              cloud: Global
              allowedNamespaces: {from: Selector, selector: {matchLabels: {customer: "true"}}}
              verifier: {clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d0000, credentialsRef: {name: heedify-verifier}}
              applications:
              - name: presence
                displayName: Heedify Presence
                clientId: 6F0C2C60-6b7c-4b52-9d3b-8a5a3a3d1111
                permissions:
                - {resource: MicrosoftGraph, application: [Presence.Read.All]}
              - name: console
                displayName: Heedify Agent Console
                clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222
                permissions:
                - resource: MicrosoftGraph
                  delegated: [User.Read.All, openid]
                  optional: {delegated: [Calendars.Read]}
                  satisfiedBy: [{type: Delegated, value: User.Read.All, by: [Directory.Read.All]}]
                - {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}
              - name: teams-app
                displayName: Teams App
                action: {type: PublishTeamsApp, teamsAppId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d3333}
              plans:
              - {name: common, applications: [presence]}
              - {name: extend, applications: [console]}
              endpoints:
              - {name: signalr, url: "wss://*.signalr.net", plans: [extend]}
              - {name: portal, url: "https://portal.heedify.io"}
            """;

    public static final String ONBOARDING = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: TenantOnboarding
            metadata: {name: contoso, namespace: customer-contoso, generation: 1, uid: 0b0e4a8e-4f0e-4dc5-8c2e-6a54b1a6d111}
            spec:
              tenantId: 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10
              licenses:
              - {catalog: heedify, plans: [common, extend]}
            """;

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Samples() {}

    public static ApplicationCatalog catalog(String yaml) {
        return YAML.unmarshal(yaml, ApplicationCatalog.class);
    }

    public static TenantOnboarding onboarding(String yaml) {
        return YAML.unmarshal(yaml, TenantOnboarding.class);
    }

    /** One that licenses nothing, of a tenant. */
    public static TenantOnboarding onboardingOf(String tenantId) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("customer-contoso")
                .withName("contoso")
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(tenantId, List.of(), null, null, false));
        return onboarding;
    }

    /** The clouds of an operator that is configured for a custom one. */
    public static Optional<CloudEndpoints> clouds(CloudName name) {
        return name.cloud() == Cloud.Custom
                ? Optional.of(new CloudEndpoints(
                        name.cloud(),
                        URI.create("https://login.example:8443"),
                        URI.create("https://graph.example:8443")))
                : CloudEndpoints.of(name.cloud());
    }

    /** Resolves an onboarding against catalogs, in a namespace that they allow. */
    public static DesiredOnboarding resolve(String onboarding, Map<String, ApplicationCatalog> catalogs) {
        return resolve(onboarding, catalogs, List.of());
    }

    /** The same after checks that saw something in the tenant. */
    public static DesiredOnboarding resolve(
            String onboarding, Map<String, ApplicationCatalog> catalogs, List<SeenApplication> seen) {
        return new DesiredResolver(Samples::clouds)
                .resolve(
                        onboarding(onboarding).getSpec(),
                        "customer-contoso",
                        new Surroundings(Map.of("customer", "true"), name -> Optional.ofNullable(catalogs.get(name))),
                        seen);
    }

    /** The sample onboarding against the sample catalog. */
    public static DesiredOnboarding desired() {
        return resolve(ONBOARDING, Map.of("heedify", catalog(CATALOG)));
    }
}
