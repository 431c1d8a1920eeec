package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import java.util.List;

/** What is known after a check about an application that the licences no longer bring. It holds back nothing. */
public sealed interface FormerVerdict {

    FormerApplication application();

    /**
     * The tenant still has it.
     *
     * @param servicePrincipalId its object id in the tenant
     * @param grants what it still holds tenant-wide, sorted; of a kind that could not be read, what it held before
     * @param unread which of them it held before and may have lost: the verifier may not read their kind
     * @param memory what a verdict needs to know once it is licensed again
     */
    record Present(
            FormerApplication application,
            String servicePrincipalId,
            List<Permission> grants,
            List<Permission> unread,
            Memory memory)
            implements FormerVerdict {}

    /** The tenant was read and has it no more. */
    record Gone(FormerApplication application) implements FormerVerdict {}

    /** The tenant could not be read far enough: nothing new is known. */
    record Unread(FormerApplication application) implements FormerVerdict {}
}
