package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.AllowedNamespaces;
import java.util.Map;
import java.util.Optional;

/** Whether the onboardings of a namespace may use a catalog. */
public enum NamespacePermission {
    Allowed,
    Denied,
    /** It depends on labels that are not known yet. Not to know them is another thing than that there are none. */
    Unknown;

    /** @param labels those of the namespace; empty while they are not known */
    public static NamespacePermission of(AllowedNamespaces allowed, Optional<Map<String, String>> labels) {
        return switch (allowed.from()) {
            case All -> Allowed;
            case Selector ->
                labels.map(it -> LabelSelectors.matches(allowed.selector(), it) ? Allowed : Denied)
                        .orElse(Unknown);
        };
    }
}
