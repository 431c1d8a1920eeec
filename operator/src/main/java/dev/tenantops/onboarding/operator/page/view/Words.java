package dev.tenantops.onboarding.operator.page.view;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is said in one language, outside of templates.
 *
 * @param messages sentences of the page
 * @param states what states, outcomes and kinds are called
 */
public record Words(PageMessages messages, StateMessages states) {

    public static Words of(Language language) {
        return Read.OF.get(language);
    }

    /** They are read when the first is said, which an operator without pages never does. */
    private static final class Read {
        private static final Map<Language, Words> OF = Stream.of(Language.values())
                .collect(Collectors.toUnmodifiableMap(
                        it -> it, it -> MessageFile.of(it).words()));
    }
}
