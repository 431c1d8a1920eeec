package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A vendor's product in one Microsoft cloud: its applications, their permissions, and the plans that bring them. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@ShortNames("appcat")
@Categories("tenantops")
@AdditionalPrinterColumn(name = "Publisher", jsonPath = ".spec.publisher", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Cloud", jsonPath = ".spec.cloud", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Onboardings",
        jsonPath = ".status.onboardings",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class ApplicationCatalog extends CustomResource<ApplicationCatalogSpec, ApplicationCatalogStatus> {

    @Override
    @Required
    @JsonDeserialize(using = ApplicationCatalogSpec.Reader.class)
    public ApplicationCatalogSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonDeserialize(using = ApplicationCatalogStatus.Reader.class)
    @Default("{\"observedGeneration\": -1}")
    public ApplicationCatalogStatus getStatus() {
        return super.getStatus();
    }
}
