package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Comparator;

/** A permission as people name it. The same value on another resource, or of the other type, is another permission. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Permission(
        @Required
        @Size(max = StatusLimit.RESOURCE)
        @JsonPropertyDescription("The API that defines it: a well-known name or an appId.")
        String resource,

        @Required @JsonPropertyDescription("Delegated or Application.")
        PermissionType type,

        @Required
        @Size(max = StatusLimit.VALUE)
        @JsonPropertyDescription("Its value, such as User.Read; its id where the tenant shows no value.")
        String value)
        implements Comparable<Permission> {

    private static final Comparator<Permission> ORDER = Comparator.comparing(Permission::resource)
            .thenComparing(Permission::type)
            .thenComparing(Permission::value);

    boolean complete() {
        return resource != null && type != null && value != null;
    }

    @Override
    public int compareTo(Permission other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return resource + " " + type + " " + value;
    }
}
