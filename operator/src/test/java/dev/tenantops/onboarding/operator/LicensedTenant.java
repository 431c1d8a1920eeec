package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Prerequisite;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Attestation;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Page;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A customer's tenant whose licences change. Its verifiers have their consent. */
final class LicensedTenant {

    final String id = UUID.randomUUID().toString();

    private final LicensedCloud cloud;
    private final Map<String, ApplicationCatalog> catalogs;
    private final TenantOnboarding onboarding = new TenantOnboarding();
    private Map<String, String> labels = Map.of("onboarding.tenantops.dev/customer", "true");
    private Set<String> claimedElsewhere = Set.of();
    private long version = 1;

    LicensedTenant(LicensedCloud cloud) {
        this.cloud = cloud;
        this.catalogs = new HashMap<>(cloud.catalogs);
        cloud.tenants.createTenant(id, "Contoso " + id);
        cloud.catalogs
                .values()
                .forEach(it -> cloud.tenants.consent(id, it.getSpec().verifier().clientId()));
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withName("contoso")
                .withNamespace("customer-contoso")
                .withUid(id)
                .withGeneration(0L)
                .withResourceVersion("0")
                .build());
    }

    /** The licences are these from now on, and somebody vouches for whatever they need vouched for. */
    LicensedTenant license(License... licenses) {
        onboarding.setSpec(new TenantOnboardingSpec(id, List.of(licenses), null, null, false));
        return attest(Stream.of(licenses).flatMap(this::vouched).toArray(Attestation[]::new));
    }

    private Stream<Attestation> vouched(License license) {
        return applications(cloud, license).stream()
                .map(it -> application(license.catalog(), it))
                .flatMap(application -> application.prerequisites().stream()
                        .filter(Prerequisite::required)
                        .map(it -> new Attestation(
                                license.catalog(),
                                application.name(),
                                it.name(),
                                null,
                                "Somebody says so",
                                cloud.now().plus(Duration.ofDays(300)).toString())));
    }

    /** Somebody vouches for this. */
    LicensedTenant attest(Attestation... attestations) {
        var spec = onboarding.getSpec();
        var metadata = onboarding.getMetadata();
        metadata.setGeneration(metadata.getGeneration() + 1);
        onboarding.setSpec(new TenantOnboardingSpec(
                id, spec.licenses(), null, null, List.of(attestations), null, false, List.of()));
        stored();
        return this;
    }

    /** The spec says this of the page. */
    LicensedTenant page(Page page) {
        var spec = onboarding.getSpec();
        var metadata = onboarding.getMetadata();
        metadata.setGeneration(metadata.getGeneration() + 1);
        onboarding.setSpec(new TenantOnboardingSpec(
                id, spec.licenses(), null, null, spec.attestations(), page, spec.suspend(), List.of()));
        stored();
        return this;
    }

    /** What the status says when it may be believed no longer, without a check. */
    TenantOnboardingStatus ended() {
        return cloud.pipeline.ended(onboarding, surroundings());
    }

    /** A check at this moment, and when the next one is due. */
    CheckResult checkNow() {
        var outcome = cloud.pipeline.run(onboarding, surroundings());
        onboarding.setStatus(outcome.status());
        stored();
        return outcome;
    }

    private Surroundings surroundings() {
        return new Surroundings(labels, name -> Optional.ofNullable(catalogs.get(name)), claimedElsewhere);
    }

    static License plans(String catalog, Collection<String> plans) {
        return new License(catalog, List.copyOf(plans), List.of());
    }

    /** The applications that plans of a catalog bring, by name. */
    static Set<String> applications(LicensedCloud cloud, License license) {
        var plans = cloud.catalogs.get(license.catalog()).getSpec().plans();
        return plans.stream()
                .filter(it -> license.plans().contains(it.name()))
                .flatMap(it -> it.applications().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The cluster of this tenant's onboarding has such a catalog no more. */
    void withoutCatalog(String name) {
        catalogs.remove(name);
    }

    /** The operator looks, a minute after it last did. */
    TenantOnboardingStatus check() {
        cloud.pass(Duration.ofMinutes(1));
        var outcome = cloud.pipeline.run(onboarding, surroundings());
        if (!outcome.status().equals(onboarding.getStatus())) {
            stored();
        }
        onboarding.setStatus(outcome.status());
        return outcome.status();
    }

    /** Its namespace has no labels any more. */
    void withoutLabels() {
        labels = Map.of();
    }

    /** Its verification is suspended. */
    void suspend() {
        var spec = onboarding.getSpec();
        onboarding.getMetadata().setGeneration(onboarding.getMetadata().getGeneration() + 1);
        onboarding.setSpec(new TenantOnboardingSpec(id, spec.licenses(), null, null, true));
        stored();
    }

    /** With the verifiers of these catalogs another onboarding verifies it. */
    void claimedElsewhere(String... names) {
        claimedElsewhere = Set.of(names);
    }

    private void stored() {
        onboarding.getMetadata().setResourceVersion(Long.toString(version++));
    }

    void consent(String catalog, Collection<String> applications) {
        applications.forEach(
                it -> cloud.tenants.consent(id, application(catalog, it).clientId()));
    }

    /** As the portal does: it goes to the recycle bin. */
    void delete(String catalog, String application) {
        cloud.tenants.delete(id, application(catalog, application).clientId());
    }

    Application application(String catalog, String name) {
        return cloud.catalogs.get(catalog).getSpec().applications().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    TenantOnboardingStatus status() {
        return onboarding.getStatus();
    }

    ApplicationStatus status(String catalog, String application) {
        return onboarding.getStatus().application(catalog, application).orElseThrow();
    }

    Set<String> inState(ApplicationState state) {
        return onboarding.getStatus().applications().stream()
                .filter(it -> it.state() == state)
                .map(ApplicationStatus::name)
                .collect(Collectors.toSet());
    }

    Condition condition(String type) {
        return onboarding.getStatus().condition(type).orElseThrow();
    }

    void assertReady() {
        assertThat(condition(ConditionType.READY))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.True, "Onboarded");
    }
}
