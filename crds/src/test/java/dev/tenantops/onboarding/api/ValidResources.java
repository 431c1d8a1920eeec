package dev.tenantops.onboarding.api;

/** Resources without a mistake, for tests to make one in. */
final class ValidResources {

    static final String ONBOARDING = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: TenantOnboarding
            metadata: {name: contoso, namespace: default}
            spec:
              tenantId: 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10
              licenses:
              - {catalog: heedify, plans: [common], applications: [extra]}
              network: {proxy: {url: "http://proxy.contoso.com:3128"}}
              verification: {interval: 5m}
              page: {linkVersion: 2, expires: "2027-03-31T00:00:00Z"}
            """;

    static final String CATALOG = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: ApplicationCatalog
            metadata: {name: heedify}
            spec:
              publisher: Heedify
              cloud: Global
              allowedNamespaces: {from: All}
              verifier: {clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d1111, credentialsRef: {name: heedify-verifier}}
              applications:
              - name: reports
                clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d2222
                permissions:
                - {resource: MicrosoftGraph, delegated: [User.Read]}
              plans:
              - {name: common, applications: [reports]}
              endpoints:
              - {name: signalr, url: "wss://*.signalr.net", probeUrl: "wss://heedify.service.signalr.net/client", plans: [common]}
              branding: {product: Heedify Cloud CX, supportEmail: help@heedify.example, supportUrl: "https://heedify.example/help", accentColor: "#0a66c2", logo: "data:image/png;base64,iVBORw0KGgo="}
            """;

    private ValidResources() {}
}
