package dev.tenantops.onboarding.operator.page.vendor;

import java.util.List;

/** What one person may see. */
public sealed interface Access {

    /** Whether the onboardings of a namespace are shown. */
    boolean sees(String namespace);

    /** Namespaces that match one of the patterns. */
    record Namespaces(List<NamespacePattern> patterns) implements Access {

        public Namespaces {
            patterns = List.copyOf(patterns);
        }

        @Override
        public boolean sees(String namespace) {
            return patterns.stream().anyMatch(it -> it.matches(namespace));
        }
    }

    /** Nothing, and why. */
    record Nothing(Cause cause) implements Access {
        @Override
        public boolean sees(String namespace) {
            return false;
        }
    }

    /** Why somebody who signed in sees nothing. */
    enum Cause {
        /** The person is in no group that sees something. */
        NoGroup,
        /** The provider leaves the groups of somebody who is in too many out of the sign-in, and says so. */
        TooManyGroups
    }
}
