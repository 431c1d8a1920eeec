package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableFieldBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Generates the custom resource definitions, with what the generator's annotations cannot say put in afterwards. */
final class CustomResourceDefinitions implements CRDPostProcessor {

    private static final List<String> COLUMN_ORDER = List.of(
            "Tenant",
            "Publisher",
            "Cloud",
            "Ready",
            "Reason",
            "Granted",
            "Valid until",
            "Onboardings",
            "Network",
            "Next action",
            "Age");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "TenantOnboarding",
            "The applications that one customer's Microsoft 365 tenant has licensed. The status carries the"
                    + " admin-consent URLs and what was really found granted in the tenant.",
            "ApplicationCatalog",
            "A vendor's product in one Microsoft cloud: its applications, the permissions that they need, and the plans"
                    + " that bring them. Written once by the vendor's platform team.");

    private static final Map<String, String> SPEC_DESCRIPTIONS = Map.of(
            "TenantOnboarding",
            "Which tenant it is, what its customer has licensed, and how it is verified.",
            "ApplicationCatalog",
            "What the vendor offers, and who reads the grants in the customers' tenants.");

    /** Generates into a folder, one file for each definition. */
    static void generate(Path folder) throws IOException {
        Files.createDirectories(folder);
        new CRDGenerator()
                .customResourceClasses(TenantOnboarding.class, ApplicationCatalog.class)
                .forCRDVersions("v1")
                .withPostProcessor(new CustomResourceDefinitions())
                .inOutputDir(folder.toFile())
                .generate();
    }

    @Override
    public HasMetadata process(HasMetadata resource, String crdSpecVersion) {
        var definition = (CustomResourceDefinition) resource;
        definition
                .getSpec()
                .getVersions()
                .forEach(it -> complete(it, definition.getSpec().getNames().getKind()));
        return definition;
    }

    private static void complete(CustomResourceDefinitionVersion version, String kind) {
        version.getAdditionalPrinterColumns()
                .sort(Comparator.comparing((CustomResourceColumnDefinition it) -> COLUMN_ORDER.indexOf(it.getName())));
        var root = version.getSchema().getOpenAPIV3Schema();
        root.setDescription(DESCRIPTIONS.get(kind));
        eachRuleOnce(root);
        var spec = at(root, "spec");
        var status = at(root, "status");
        spec.setDescription(SPEC_DESCRIPTIONS.get(kind));
        status.setDescription("What was found. Written by the operator only.");
        whole(status);
        conditions(at(status, "conditions"));
        if (kind.equals("TenantOnboarding")) {
            map(at(spec, "licenses"), "catalog");
            set(at(spec, "licenses", "plans"));
            set(at(spec, "licenses", "applications"));
            at(spec, "attestations", "until").setFormat("date-time");
            at(spec, "page", "expires").setFormat("date-time");
            // What people look for, and what the API server can then look for without sending all.
            version.setSelectableFields(List.of(
                    new SelectableFieldBuilder().withJsonPath(".spec.tenantId").build()));
            at(status, "applications", "prerequisites", "until").setFormat("date-time");
            compact(at(status, "applications", "attested").getItems().getSchema());
            ofAnyForm(at(status, "applications", "granted").getItems().getSchema());
            for (String time : List.of(
                    "lastGrantedTime", "vanishedTime", "firstMissingTime", "appearedTime", "consentReturnedTime")) {
                at(status, "applications", time).setFormat("date-time");
            }
            at(status, "endpoints", "since").setFormat("date-time");
            at(status, "lastVerified").setFormat("date-time");
            at(status, "validUntil").setFormat("date-time");
            at(status, "verifiers", "refusedTime").setFormat("date-time");
        } else {
            map(at(spec, "applications"), "name");
            map(at(spec, "applications", "permissions"), "resource");
            set(at(spec, "applications", "permissions", "delegated"));
            set(at(spec, "applications", "permissions", "application"));
            set(at(spec, "applications", "permissions", "optional", "delegated"));
            set(at(spec, "applications", "permissions", "optional", "application"));
            map(at(spec, "applications", "permissions", "satisfiedBy"), "type", "value");
            map(at(spec, "applications", "permissions", "retirements"), "type", "value");
            compact(at(status, "retirements", "permission"));
            at(spec, "applications", "permissions", "retirements", "date").setFormat("date");
            at(status, "retirements", "date").setFormat("date");
            at(status, "registrations", "deletedTime").setFormat("date-time");
            map(at(spec, "applications", "permissions", "waivable"), "type", "value");
            map(at(spec, "applications", "prerequisites"), "name");
            map(at(spec, "plans"), "name");
            set(at(spec, "plans", "applications"));
            map(at(spec, "endpoints"), "name");
            set(at(spec, "endpoints", "plans"));
            var selector = at(spec, "allowedNamespaces", "selector");
            at(selector, "matchExpressions").setMaxItems(20L);
            at(selector, "matchExpressions").setDescription("Requirements of labels, all of which have to hold.");
            requirement(at(selector, "matchExpressions").getItems().getSchema());
            at(selector, "matchLabels").setMaxProperties(20L);
            at(selector, "matchLabels").setDescription("Labels that have to be there, each with its value.");
        }
    }

    /**
     * The generator finds the rules of a record's component twice, at its field and at its accessor, and server-side apply
     * refuses a list that names one rule twice.
     */
    private static void eachRuleOnce(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if (schema.getItems() != null) {
            eachRuleOnce(schema.getItems().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(CustomResourceDefinitions::eachRuleOnce);
        }
    }

    /** What Kubernetes demands of a selector's requirement wherever it evaluates one itself. */
    private static void requirement(JSONSchemaProps requirement) {
        requirement.setRequired(List.of("key", "operator"));
        at(requirement, "key").setDescription("The name of the label.");
        at(requirement, "operator")
                .setDescription(
                        "In or NotIn: its value is, or is not, one of values. Exists or DoesNotExist: it is there,"
                                + " or is not.");
        at(requirement, "values").setDescription("What its value is compared with; none for Exists and DoesNotExist.");
        at(requirement, "key").setMinLength(1L);
        at(requirement, "key").setMaxLength(317L);
        at(requirement, "operator")
                .setEnum(Stream.of("In", "NotIn", "Exists", "DoesNotExist")
                        .<JsonNode>map(TextNode::new)
                        .toList());
        var values = at(requirement, "values");
        values.setMaxItems(50L);
        values.getItems().getSchema().setMaxLength(63L);
        requirement.setXKubernetesValidations(List.of(new ValidationRuleBuilder()
                .withRule("(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)")
                .withMessage("In and NotIn need values; Exists and DoesNotExist take none")
                .build()));
    }

    /**
     * Nobody but the operator writes a status, and always all of it. Lists that are owned as a whole cost the API server
     * half of what lists do whose entries have owners, and none of the several kilobytes of managed fields.
     */
    private static void whole(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            schema.setXKubernetesListType("atomic");
            whole(schema.getItems().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(CustomResourceDefinitions::whole);
        }
    }

    /** A permission in one word, which the generator takes for what it is made of where it stands in a list. */
    private static void compact(JSONSchemaProps schema) {
        schema.setType("string");
        schema.setProperties(null);
        schema.setRequired(null);
        schema.setMaxLength((long) StatusLimit.COMPACT_PERMISSION);
    }

    /** Of what versions of the operator write in two forms both are let through, whichever of them leads. */
    private static void ofAnyForm(JSONSchemaProps schema) {
        schema.setType(null);
        schema.setXKubernetesPreserveUnknownFields(true);
    }

    private static void conditions(JSONSchemaProps conditions) {
        map(conditions, "type");
        at(conditions, "lastTransitionTime").setFormat("date-time");
        at(conditions, "observedGeneration").setMinimum(0.0);
    }

    private static void map(JSONSchemaProps list, String... keys) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(keys));
    }

    private static void set(JSONSchemaProps list) {
        list.setXKubernetesListType("set");
    }

    /** The schema of a property, through lists and objects alike. */
    private static JSONSchemaProps at(JSONSchemaProps schema, String... path) {
        var current = schema;
        for (String name : path) {
            var object =
                    current.getItems() == null ? current : current.getItems().getSchema();
            current = object.getProperties().get(name);
            if (current == null) {
                throw new IllegalStateException("The schema has no property " + String.join(".", path));
            }
        }
        return current;
    }
}
