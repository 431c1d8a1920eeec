package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.ConsentReturn;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A customer's tenant in which one application is to be consented to, and who says what about it. */
final class TrapTenant {

    static final String DISPLAY_NAME = "Agent Console";

    private static final String NAME = "agent-console";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final TrapCloud cloud;
    private final String id;
    private final String clientId;
    private final Map<String, String> annotations = new HashMap<>();

    private List<Permission> needed = List.of();
    private String larger = "";
    private TenantOnboardingStatus status = TenantOnboardingStatus.initial();
    private Instant nextCheck;
    private Optional<RegistrationState> registration = Optional.empty();

    TrapTenant(TrapCloud cloud, String id, String clientId) {
        this.cloud = cloud;
        this.id = id;
        this.clientId = clientId;
    }

    static Permission role(String value) {
        return new Permission(TrapCloud.GRAPH, PermissionType.Application, value);
    }

    static Permission scope(String value) {
        return new Permission(TrapCloud.GRAPH, PermissionType.Delegated, value);
    }

    String id() {
        return id;
    }

    String clientId() {
        return clientId;
    }

    /** What the catalog asks for, and the application's registration too. */
    TrapTenant needs(Permission... permissions) {
        return catalogAsksFor(permissions).registrationAsksFor(permissions);
    }

    TrapTenant catalogAsksFor(Permission... permissions) {
        needed = List.of(permissions);
        return this;
    }

    /** The larger one does in place of any that the catalog asks for. */
    TrapTenant catalogTakesInstead(String value) {
        larger = value;
        return this;
    }

    TrapTenant registrationAsksFor(Permission... permissions) {
        cloud.register(clientId, DISPLAY_NAME, TrapCloud.PUBLISHER, permissions);
        return this;
    }

    /** An administrator consents to what the registration asks for. */
    TrapTenant consents() {
        cloud.directory().consent(id, clientId);
        return this;
    }

    TrapTenant userConsents(String user, String scope) {
        cloud.directory().consentAsUser(id, clientId, user, TrapCloud.GRAPH, scope);
        return this;
    }

    TrapTenant grants(Permission permission) {
        cloud.directory().grant(id, clientId, permission.resource(), permission.type(), permission.value());
        return this;
    }

    void revokes(Permission permission) {
        cloud.directory().revoke(id, clientId, permission.resource(), permission.type(), permission.value());
    }

    /** Whatever asks for this in the tenant gets that. */
    void fails(RequestKind kind, String path, Effect effect) {
        var fault = Fault.on(kind, effect).inTenant(id);
        cloud.directory().fail(path == null ? fault : fault.onPath(path));
    }

    /** An administrator opens the link that the operator published, and cancels. The vendor's page is opened with this. */
    URI declines() throws IOException, InterruptedException {
        var answer = cloud.http()
                .send(
                        HttpRequest.newBuilder(URI.create(application().consentUrl()))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("decision=cancel"))
                                .build(),
                        BodyHandlers.discarding());
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    /** A browser comes back from the consent page. */
    ApplicationState returns() {
        annotations.put(TenantOnboarding.CONSENT_RETURNED, new ConsentReturn(NAME, now()).toString());
        return check();
    }

    /** The operator looks now. */
    ApplicationState check() {
        var outcome = cloud.pipeline().run(onboarding(), catalog());
        status = outcome.status();
        nextCheck = now().plus(outcome.recheck());
        return application().state();
    }

    /** The operator looks as often as it wants to while time passes. */
    ApplicationState after(Duration time) {
        var end = now().plus(time);
        while (!nextCheck.isAfter(end)) {
            cloud.clock().set(nextCheck);
            check();
        }
        cloud.clock().set(end);
        return application().state();
    }

    /** Time passes while the operator is stopped. */
    TrapTenant sleeps(Duration time) {
        cloud.clock().set(now().plus(time));
        return this;
    }

    Instant now() {
        return cloud.clock().instant();
    }

    ApplicationStatus application() {
        return status.applications().getFirst();
    }

    String nextAction() {
        return status.nextAction();
    }

    /** The condition Ready, such as {@code True Onboarded}. */
    String ready() {
        return condition(ConditionType.READY);
    }

    /** The condition VerifierAuthorized. */
    String verifier() {
        return condition(ConditionType.VERIFIER_AUTHORIZED);
    }

    String message(String condition) {
        return status.condition(condition).orElseThrow().message();
    }

    private String condition(String type) {
        var condition = status.condition(type).orElseThrow();
        return condition.status() + " " + condition.reason();
    }

    /** What a naive verifier says now. */
    NaiveVerifier.Answer naively() {
        return naive().application(filter(), names());
    }

    NaiveVerifier naive() {
        return cloud.naiveVerifier(id);
    }

    String filter() {
        return "appId eq '" + clientId + "'";
    }

    /** What a naive verifier looks for. */
    List<String> names() {
        return needed.stream().map(Permission::value).toList();
    }

    /** The publisher's own tenant shows the registration like this. */
    TrapTenant registration(RegistrationState state) {
        registration = Optional.of(state);
        return this;
    }

    private ApplicationCatalog catalog() {
        var catalog = catalogAsApplied();
        registration.ifPresent(state -> catalog.setStatus(new ApplicationCatalogStatus(
                1,
                1,
                TrapCloud.PUBLISHER,
                List.of(new RegistrationStatus(NAME, clientId, state, null, null, null)),
                List.of())));
        return catalog;
    }

    private ApplicationCatalog catalogAsApplied() {
        var permissions = needed.stream()
                .map(it -> "{resource: %s, %s: [%s]%s}"
                        .formatted(
                                it.resource(),
                                it.type() == PermissionType.Application ? "application" : "delegated",
                                it.value(),
                                larger.isEmpty()
                                        ? ""
                                        : ", satisfiedBy: [{type: %s, value: %s, by: [%s]}]"
                                                .formatted(it.type(), it.value(), larger)))
                .collect(Collectors.joining(", "));
        return YAML.unmarshal(
                """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: catalog, generation: 1}
                spec:
                  publisher: Publisher
                  cloud: Custom
                  allowedNamespaces: {from: All}
                  verifier: {clientId: %s, credentialsRef: {name: verifier}, homeTenantId: %s}
                  redirectUri: %s
                  applications:
                  - {name: %s, displayName: %s, clientId: %s, permissions: [%s]}
                """.formatted(
                                TrapCloud.VERIFIER,
                                TrapCloud.PUBLISHER,
                                TrapCloud.REDIRECT_URI,
                                NAME,
                                DISPLAY_NAME,
                                clientId,
                                permissions),
                ApplicationCatalog.class);
    }

    private TenantOnboarding onboarding() {
        var onboarding = YAML.unmarshal("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: contoso, namespace: customers, generation: 1, uid: 0b0e4a8e-4f0e-4dc5-8c2e-6a54b1a6d111}
                spec:
                  tenantId: %s
                  licenses: [{catalog: catalog, applications: [%s]}]
                """.formatted(id, NAME), TenantOnboarding.class);
        onboarding.getMetadata().setAnnotations(Map.copyOf(annotations));
        onboarding.setStatus(status);
        return onboarding;
    }
}
