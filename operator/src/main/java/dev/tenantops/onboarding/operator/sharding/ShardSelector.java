package dev.tenantops.onboarding.operator.sharding;

import dev.tenantops.onboarding.operator.desired.LabelSelectors;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import java.util.List;
import java.util.Map;

/**
 * A label selector as {@code kubectl get -l} takes it. The API server evaluates those of lists and watches; here are judged
 * the onboardings that somebody else's selector leaves out, which no list shows.
 */
public final class ShardSelector {

    /** Selects everything. */
    public static final ShardSelector ALL = parse("");

    private final String text;
    private final LabelSelector selector;

    private ShardSelector(String text, List<LabelSelectorRequirement> requirements) {
        this.text = text;
        this.selector =
                new LabelSelectorBuilder().withMatchExpressions(requirements).build();
    }

    /**
     * Reads a selector.
     *
     * @throws IllegalArgumentException for one that the API server refuses, or that has {@code <} or {@code >}; says where it
     *     is wrong
     */
    public static ShardSelector parse(String text) {
        return new ShardSelector(text, new SelectorText(text).requirements());
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        return LabelSelectors.matches(selector, labels);
    }

    /** Whether everything is selected. */
    public boolean isAll() {
        return selector.getMatchExpressions().isEmpty();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShardSelector it && it.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    static LabelSelectorRequirement requirement(String key, String operator, List<String> values) {
        return new LabelSelectorRequirementBuilder()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .build();
    }
}
