package dev.tenantops.onboarding.operator.desired;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Kubernetes' label selectors, evaluated here because the labels come from a cache and not from a list call. */
public final class LabelSelectors {

    private LabelSelectors() {}

    /** A selector with a mistake matches nothing: who may use a verifier is decided here. */
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return mistakes(selector).isEmpty()
                && labels.entrySet().containsAll(labels(selector).entrySet())
                && requirements(selector).stream().allMatch(it -> matches(it, labels));
    }

    /** What Kubernetes would reject in a selector that it evaluates itself, each with what to write. */
    static List<String> mistakes(LabelSelector selector) {
        return requirements(selector).stream()
                .flatMap(it -> mistake(it).stream())
                .toList();
    }

    private static Optional<String> mistake(LabelSelectorRequirement requirement) {
        if (requirement == null
                || requirement.getKey() == null
                || requirement.getKey().isEmpty()) {
            return Optional.of("has a requirement without a key. Add the label's key");
        }
        var subject = "has the key " + requirement.getKey() + " ";
        var none = values(requirement).isEmpty();
        return switch (requirement.getOperator()) {
            case null -> Optional.of(subject + "without an operator. Write In, NotIn, Exists or DoesNotExist");
            case "In", "NotIn" ->
                none ? Optional.of(subject + "without values. Add them, or write Exists") : Optional.empty();
            case "Exists", "DoesNotExist" ->
                none ? Optional.empty() : Optional.of(subject + "with values. Remove them, or write In");
            default ->
                Optional.of(subject + "with the operator " + requirement.getOperator()
                        + ". Write In, NotIn, Exists or DoesNotExist");
        };
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        var value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values(requirement).contains(value);
            case "NotIn" -> value == null || !values(requirement).contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }

    private static Map<String, String> labels(LabelSelector selector) {
        return Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
    }

    private static List<LabelSelectorRequirement> requirements(LabelSelector selector) {
        return Objects.requireNonNullElse(selector.getMatchExpressions(), List.of());
    }

    private static List<String> values(LabelSelectorRequirement requirement) {
        return Objects.requireNonNullElse(requirement.getValues(), List.of());
    }
}
