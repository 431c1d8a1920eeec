package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.Cloud;
import java.util.List;
import java.util.Optional;

/**
 * A cloud as a catalog names it.
 *
 * @param cloud one of Microsoft's, or {@link Cloud#Custom}
 * @param custom which of the operator's configuration; empty for one of Microsoft's
 */
public record CloudName(Cloud cloud, Optional<String> custom) {

    /** What a catalog without {@code cloudName} means. */
    public static final String DEFAULT = "custom";

    /** The cloud of a catalog. */
    public static CloudName of(ApplicationCatalogSpec catalog) {
        return new CloudName(
                catalog.cloud(),
                catalog.cloud() == Cloud.Custom
                        ? Optional.of(Optional.ofNullable(catalog.cloudName()).orElse(DEFAULT))
                        : Optional.empty());
    }

    /**
     * Why nothing can be done in a cloud whose endpoints are not known, and what to do about it.
     *
     * @param known the names of the custom clouds whose endpoints are
     */
    public String unknown(List<String> known) {
        var name = custom.orElse(DEFAULT);
        return "The operator does not know the endpoints of the cloud " + this + "; its configuration has "
                + (known.isEmpty() ? "none" : String.join(", ", known)) + ". Set onboarding.clouds." + name
                + ".login-url and onboarding.clouds." + name + ".graph-url, or correct spec.cloud and spec.cloudName.";
    }

    /** For people, such as {@code Global} or {@code Custom (bleu)}. */
    @Override
    public String toString() {
        return cloud + custom.map(it -> " (" + it + ")").orElse("");
    }
}
