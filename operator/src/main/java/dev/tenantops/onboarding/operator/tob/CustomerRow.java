package dev.tenantops.onboarding.operator.tob;

import java.util.List;
import java.util.Optional;

/**
 * One licence of one customer, as a row of a file has it.
 *
 * @param line where it stands in the file
 */
record CustomerRow(
        long line,
        Optional<String> namespace,
        String name,
        String tenantId,
        String catalog,
        List<String> plans,
        List<String> applications,
        Optional<String> proxy,
        Optional<String> interval) {

    /** The onboarding that it belongs to. */
    Key key() {
        return new Key(namespace, name);
    }

    /** What names an onboarding. */
    record Key(Optional<String> namespace, String name) implements Comparable<Key> {

        /** Where its manifest is written. */
        String file() {
            return namespace.map(it -> it + "/").orElse("") + name + ".yaml";
        }

        @Override
        public int compareTo(Key other) {
            return file().compareTo(other.file());
        }
    }
}
