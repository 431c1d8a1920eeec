package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.ApplicationStatus.Times;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The samples' onboardings, in states that a test gives them. */
public final class SampleTenants {

    public static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");
    public static final String GRAPH_ROLES = "Privileged Role Administrator or Global Administrator";
    public static final String OTHER_ROLES =
            "Cloud Application Administrator, Application Administrator, Privileged Role Administrator or Global"
                    + " Administrator";

    private static final Path SAMPLES = Path.of("../samples");

    private final TenantOnboarding onboarding;
    private final Map<String, ApplicationCatalog> catalogs;
    private final List<ApplicationStatus> applications = new ArrayList<>();
    private final List<EndpointStatus> endpoints = new ArrayList<>();
    private String verifier = "Authorized";
    private Condition.Status ready = Condition.Status.False;
    private String reason = "ConsentRequired";
    private String tenantName = "Contoso Ltd";
    private boolean verified = true;
    private Optional<Instant> validUntil = Optional.of(NOW.plusSeconds(900));

    private SampleTenants(String file) {
        onboarding = Samples.onboarding(documents(SAMPLES.resolve("onboardings").resolve(file))
                .filter(it -> it.contains("kind: TenantOnboarding"))
                .findFirst()
                .orElseThrow());
        onboarding.getMetadata().setGeneration(1L);
        onboarding.getMetadata().setUid(Samples.UID);
        catalogs = catalogs();
    }

    /** The names of the samples. */
    public static List<String> files() {
        try (var files = Files.list(SAMPLES.resolve("onboardings"))) {
            return files.map(it -> it.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SampleTenants of(String file) {
        return new SampleTenants(file);
    }

    public static Map<String, ApplicationCatalog> catalogs() {
        try (var files = Files.list(SAMPLES.resolve("catalogs"))) {
            return files.map(SampleTenants::text)
                    .map(Samples::catalog)
                    .collect(Collectors.toMap(it -> it.getMetadata().getName(), it -> it));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TenantOnboarding onboarding() {
        return onboarding;
    }

    /** Every application that the licences bring is in a state. */
    public SampleTenants all(ApplicationState state) {
        names().forEach(it -> application(it.getKey(), it.getValue(), state));
        return this;
    }

    /** The first of them are granted, the rest waits for consent. */
    public SampleTenants granted(int first) {
        var names = names();
        for (var i = 0; i < names.size(); i++) {
            application(
                    names.get(i).getKey(),
                    names.get(i).getValue(),
                    i < first ? ApplicationState.Granted : ApplicationState.ConsentRequired);
        }
        return this;
    }

    public SampleTenants ready() {
        ready = Condition.Status.True;
        reason = "Onboarded";
        return all(ApplicationState.Granted);
    }

    public SampleTenants because(Condition.Status ready, String reason) {
        this.ready = ready;
        this.reason = reason;
        return this;
    }

    public SampleTenants verifier(String state) {
        verifier = state;
        return this;
    }

    public SampleTenants called(String tenantName) {
        this.tenantName = tenantName;
        return this;
    }

    /** The tenant could not be read yet; that it could not is fresh evidence. */
    public SampleTenants neverVerified() {
        verified = false;
        return all(ApplicationState.NotVerified).verifier("VerifierConsentRequired");
    }

    public SampleTenants validUntil(Instant end) {
        validUntil = Optional.ofNullable(end);
        return this;
    }

    public SampleTenants application(ApplicationStatus status) {
        applications.removeIf(
                it -> it.catalog().equals(status.catalog()) && it.name().equals(status.name()));
        applications.add(status);
        return this;
    }

    public SampleTenants application(String catalog, String name, ApplicationState state) {
        var declared = declared(catalog, name);
        var consented = state == ApplicationState.Granted || declared.clientId() == null;
        return application(new ApplicationStatus(
                new Identity(catalog, name, declared.displayName(), declared.clientId(), null),
                state,
                declared.optional() ? true : null,
                new Link(url(declared), consented ? null : roles(declared)),
                null,
                permissions(declared, state),
                new Times(state == ApplicationState.Granted ? "2026-11-20T10:15:00Z" : null, null, null, null, null)));
    }

    /** What the publisher's own tenant shows of one registration. */
    public SampleTenants registration(String catalog, RegistrationStatus registration) {
        catalogs.get(catalog).setStatus(new ApplicationCatalogStatus(1, 1, "home", List.of(registration), List.of()));
        return this;
    }

    public SampleTenants endpoint(EndpointStatus endpoint) {
        endpoints.add(endpoint);
        return this;
    }

    public PageView view() {
        return view(NOW, Optional.empty());
    }

    public PageView view(Instant now, Optional<ReturnedConsent> returned) {
        return PageView.of(built(), catalogs, now, returned);
    }

    public TenantOnboarding built() {
        var verifiers = onboarding.getSpec().licenses().stream()
                .map(it -> new VerifierStatus(
                        it.catalog(),
                        catalogs.get(it.catalog()).getSpec().verifier().clientId(),
                        "https://login.microsoftonline.com/"
                                + onboarding.getSpec().tenantId()
                                + "/v2.0/adminconsent?client_id="
                                + catalogs.get(it.catalog())
                                        .getSpec()
                                        .verifier()
                                        .clientId(),
                        verifier.equals("Authorized") ? null : GRAPH_ROLES,
                        null,
                        verifier))
                .toList();
        onboarding.setStatus(new TenantOnboardingStatus(
                new Handled(1, null),
                new Customer(tenantName, null),
                new Progress(null, null),
                new TenantOnboardingStatus.Times(
                        validUntil
                                .filter(_ -> verified)
                                .map(_ -> "2026-11-28T08:58:00Z")
                                .orElse(null),
                        validUntil.map(Instant::toString).orElse(null)),
                new Entries(verifiers, applications, endpoints, null),
                List.of(new Condition(ConditionType.READY, ready, 1, "2026-11-28T08:58:00Z", reason, "As it is."))));
        return onboarding;
    }

    private List<Map.Entry<String, String>> names() {
        return onboarding.getSpec().licenses().stream()
                .flatMap(license -> {
                    var spec = catalogs.get(license.catalog()).getSpec();
                    var names = new LinkedHashSet<String>();
                    spec.plans().stream()
                            .filter(it -> license.plans().contains(it.name()))
                            .forEach(it -> names.addAll(it.applications()));
                    names.addAll(license.applications());
                    return names.stream().map(it -> Map.entry(license.catalog(), it));
                })
                .toList();
    }

    private ApplicationCatalogSpec.Application declared(String catalog, String name) {
        return catalogs.get(catalog).getSpec().applications().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String url(ApplicationCatalogSpec.Application application) {
        return application.clientId() == null
                ? "https://admin.teams.microsoft.com/policies/manage-apps"
                : "https://login.microsoftonline.com/" + onboarding.getSpec().tenantId()
                        + "/v2.0/adminconsent?client_id=" + application.clientId();
    }

    private static String roles(ApplicationCatalogSpec.Application application) {
        return application.permissions().stream()
                        .anyMatch(it -> !it.application().isEmpty())
                ? GRAPH_ROLES
                : OTHER_ROLES;
    }

    private static Permissions permissions(ApplicationCatalogSpec.Application application, ApplicationState state) {
        var needed = application.permissions().stream()
                .flatMap(it -> Stream.concat(
                        it.application().stream()
                                .map(value -> new Permission(it.resource(), PermissionType.Application, value)),
                        it.delegated().stream()
                                .map(value -> new Permission(it.resource(), PermissionType.Delegated, value))))
                .toList();
        return switch (state) {
            case Granted ->
                new Permissions(
                        Listed.of(needed), List.of(), Listed.NONE, Listed.NONE, List.of(), Listed.NONE, List.of());
            case PermissionsMissing, ReconsentRequired, NotRequestedByApplication ->
                new Permissions(
                        Listed.of(needed.subList(0, needed.size() / 2)),
                        List.of(),
                        Listed.of(needed.subList(needed.size() / 2, needed.size())),
                        Listed.NONE,
                        List.of(),
                        Listed.NONE,
                        List.of());
            case NoLongerLicensed ->
                new Permissions(
                        Listed.NONE, List.of(), Listed.NONE, Listed.NONE, List.of(), Listed.of(needed), List.of());
            default ->
                new Permissions(Listed.NONE, List.of(), Listed.NONE, Listed.NONE, List.of(), Listed.NONE, List.of());
        };
    }

    private static Stream<String> documents(Path file) {
        return Stream.of(text(file).split("(?m)^---$"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
