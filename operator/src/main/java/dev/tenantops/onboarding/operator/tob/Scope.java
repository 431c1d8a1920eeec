package dev.tenantops.onboarding.operator.tob;

import java.util.Optional;

/**
 * Where a command looks.
 *
 * @param namespace the one namespace; empty for all
 */
record Scope(Optional<String> namespace) {

    static Scope everywhere() {
        return new Scope(Optional.empty());
    }

    static Scope of(String namespace) {
        return new Scope(Optional.of(namespace));
    }

    /** As a part of a sentence. */
    String told() {
        return namespace.map(it -> "in the namespace " + it).orElse("in all namespaces");
    }

    /** As kubectl takes it. */
    String argument() {
        return namespace.map(it -> "-n " + it).orElse("-A");
    }
}
