package dev.tenantops.onboarding.operator.observe;

/**
 * For whom a probe is made, so that those who ask at the same time have their turns in turn.
 *
 * @param namespace of the onboarding; empty for the operator itself
 * @param name of the onboarding
 */
public record ProbeCaller(String namespace, String name) {

    /** Who looks at its own way. */
    public static final ProbeCaller OPERATOR = new ProbeCaller("", "");
}
