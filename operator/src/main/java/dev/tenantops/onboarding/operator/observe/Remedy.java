package dev.tenantops.onboarding.operator.observe;

/** What has to be done about a failure, and by whom. It is told once, by whoever tells what happened. */
public sealed interface Remedy {

    /** @param text whole sentences */
    record Instruction(String text) implements Remedy {}

    /**
     * A customer administrator has to consent to the verifier. Only whoever tells it knows the link.
     *
     * @param note what else there is to know about it, as whole sentences; may be empty
     */
    record Consent(String note) implements Remedy {}
}
