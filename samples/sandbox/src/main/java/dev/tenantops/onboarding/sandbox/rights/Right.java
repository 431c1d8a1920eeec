package dev.tenantops.onboarding.sandbox.rights;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One verb on one resource in one role: the least that can be taken from the operator.
 *
 * @param namespace of the role; empty for the ClusterRole
 * @param role its name
 * @param rule which of its rules
 */
public record Right(Optional<String> namespace, String role, int rule, String group, String resource, String verb) {

    /** All that a role has. */
    public static Stream<Right> of(Optional<String> namespace, String role, List<PolicyRule> rules) {
        List<Right> rights = new ArrayList<>();
        for (int number = 0; number < rules.size(); number++) {
            PolicyRule rule = rules.get(number);
            for (String resource : rule.getResources()) {
                for (String verb : rule.getVerbs()) {
                    rights.add(new Right(
                            namespace, role, number, rule.getApiGroups().getFirst(), resource, verb));
                }
            }
        }
        return rights.stream();
    }

    /** The rules of its role without it. */
    public List<PolicyRule> removedFrom(List<PolicyRule> rules) {
        List<PolicyRule> rest = new ArrayList<>(rules);
        PolicyRule whole = rest.remove(rule);
        List<String> otherResources =
                whole.getResources().stream().filter(it -> !it.equals(resource)).toList();
        List<String> otherVerbs =
                whole.getVerbs().stream().filter(it -> !it.equals(verb)).toList();
        if (!otherResources.isEmpty()) {
            rest.add(new PolicyRuleBuilder(whole).withResources(otherResources).build());
        }
        if (!otherVerbs.isEmpty()) {
            rest.add(new PolicyRuleBuilder(whole)
                    .withResources(resource)
                    .withVerbs(otherVerbs)
                    .build());
        }
        return rest;
    }

    @Override
    public String toString() {
        String kind = group.isEmpty() ? resource : resource + "." + group;
        return "%s %s%s".formatted(verb, kind, namespace.map(it -> " in " + it).orElse(""));
    }
}
