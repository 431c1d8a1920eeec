package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;

/** The applications that one customer's Microsoft 365 tenant has licensed, and what is really granted to them. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@ShortNames("tob")
@Categories("tenantops")
@AdditionalPrinterColumn(name = "Tenant", jsonPath = ".spec.tenantId", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Granted", jsonPath = ".status.granted", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Valid until",
        jsonPath = ".status.validUntil",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Network",
        jsonPath = ".status.conditions[?(@.type==\"NetworkReachable\")].reason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Next action",
        jsonPath = ".status.nextAction",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class TenantOnboarding extends CustomResource<TenantOnboardingSpec, TenantOnboardingStatus>
        implements Namespaced {

    /** Asks for a verification now; any new value does. Shared with Flux and Argo CD. */
    public static final String RECONCILE_REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    /** Says that a browser came back from a consent page, as a {@link ConsentReturn}. A hint that proves nothing. */
    public static final String CONSENT_RETURNED = ApiGroup.NAME + "/consent-returned";

    /** The value of the annotation {@link #RECONCILE_REQUESTED_AT}. */
    public Optional<String> requestedAt() {
        return annotation(RECONCILE_REQUESTED_AT);
    }

    /** What the annotation {@link #CONSENT_RETURNED} says; empty where it makes no sense. */
    public Optional<ConsentReturn> consentReturn() {
        return annotation(CONSENT_RETURNED).flatMap(ConsentReturn::parse);
    }

    /** The value of an annotation. */
    public Optional<String> annotation(String name) {
        return Optional.ofNullable(getMetadata().getAnnotations()).map(it -> it.get(name));
    }

    /** The status; of an onboarding that nobody has looked at yet the one that says so. */
    public TenantOnboardingStatus known() {
        return Optional.ofNullable(getStatus()).orElseGet(TenantOnboardingStatus::initial);
    }

    @Override
    @Required
    @JsonDeserialize(using = TenantOnboardingSpec.Reader.class)
    public TenantOnboardingSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonDeserialize(using = TenantOnboardingStatus.Reader.class)
    @Default("{\"observedGeneration\": -1}")
    public TenantOnboardingStatus getStatus() {
        return super.getStatus();
    }
}
