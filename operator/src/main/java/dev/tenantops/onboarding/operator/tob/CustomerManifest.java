package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.operator.tob.CustomerRow.Key;
import java.util.List;
import java.util.stream.Collectors;

/** The manifests of customers, as people would write them. What goes into them was checked to be names and numbers. */
final class CustomerManifest {

    /** By which a later import knows what it may overwrite and remove. */
    static final String MARK = "# Written by kubectl tob import: edit the CSV instead.";

    private CustomerManifest() {}

    static String of(Key key, List<CustomerRow> rows) {
        var first = rows.getFirst();
        var yaml = new StringBuilder(MARK)
                .append("\napiVersion: ")
                .append(ApiGroup.NAME)
                .append('/')
                .append(ApiGroup.VERSION)
                .append("\nkind: TenantOnboarding\nmetadata:\n  name: ")
                .append(quoted(key.name()));
        key.namespace().ifPresent(it -> yaml.append("\n  namespace: ").append(quoted(it)));
        yaml.append("\nspec:\n  tenantId: ").append(quoted(first.tenantId())).append("\n  licenses:\n");
        rows.stream()
                .sorted((one, other) -> one.catalog().compareTo(other.catalog()))
                .forEach(it -> {
                    yaml.append("  - catalog: ").append(quoted(it.catalog())).append('\n');
                    list(yaml, "plans", it.plans());
                    list(yaml, "applications", it.applications());
                });
        first.proxy()
                .ifPresent(it -> yaml.append("  network:\n    proxy:\n      url: ")
                        .append(quoted(it))
                        .append('\n'));
        first.interval()
                .ifPresent(it -> yaml.append("  verification:\n    interval: ")
                        .append(quoted(it))
                        .append('\n'));
        return yaml.toString();
    }

    static String kustomization(List<String> files) {
        return MARK + "\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n"
                + files.stream().map(it -> "- " + it + "\n").collect(Collectors.joining());
    }

    private static void list(StringBuilder yaml, String name, List<String> values) {
        if (!values.isEmpty()) {
            yaml.append("    ")
                    .append(name)
                    .append(": [")
                    .append(values.stream().map(CustomerManifest::quoted).collect(Collectors.joining(", ")))
                    .append("]\n");
        }
    }

    /** A name such as {@code 007} or {@code no} would be read as something else. */
    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
