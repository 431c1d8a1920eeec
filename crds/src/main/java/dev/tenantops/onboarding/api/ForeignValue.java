package dev.tenantops.onboarding.api;

/**
 * A value in a spec that this version of the API does not know, such as an enum's value of a later version. It is read
 * as absent.
 *
 * @param pointer where in the spec it stands, as a JSON pointer (RFC 6901)
 * @param value what stands there, in short
 */
public record ForeignValue(String pointer, String value) {

    /** The field as messages name it, such as {@code spec.applications[3].action.type}. */
    public String field() {
        return "spec" + pointer.replaceAll("/([0-9]+)(?=/|$)", "[$1]").replace('/', '.');
    }

    /** Whether it stands at or below another pointer. */
    public boolean within(String other) {
        return pointer.equals(other) || pointer.startsWith(other + "/");
    }
}
