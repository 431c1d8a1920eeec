package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.desired.CatalogRetirement;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds the status of a catalog: what is wrong with it shows here once, and not only on each of its onboardings. */
public final class CatalogStatusBuilder {

    private CatalogStatusBuilder() {}

    /**
     * What is known about a catalog.
     *
     * @param name the catalog's name
     * @param generation the generation of its spec
     * @param previous its status so far
     * @param problems the mistakes in its spec
     * @param unknownCloud why nothing can be done in its cloud, where the operator does not know the endpoints
     * @param verifier its verifier with its credential, or why there is none
     * @param expiresAt when the credential ends, where that can be known
     * @param use what the onboardings that name it make of it
     * @param spec its spec
     * @param registrations what is known of its registrations in its publisher's own tenant
     */
    public record Input(
            String name,
            long generation,
            ApplicationCatalogStatus previous,
            List<SpecProblem> problems,
            Optional<String> unknownCloud,
            Reading<Verifier> verifier,
            Optional<Instant> expiresAt,
            CatalogUse use,
            ApplicationCatalogSpec spec,
            Registrations registrations,
            Instant now) {

        /** The publisher's own tenant, where the spec names it. */
        Optional<String> homeTenantId() {
            return Optional.ofNullable(spec.verifier().homeTenantId());
        }

        /** What ends of what it asks for, the earliest first. */
        List<CatalogRetirement> retirements() {
            return CatalogRetirement.of(spec);
        }
    }

    /** The new status; equal to the previous one when nothing is to be written. */
    public static ApplicationCatalogStatus build(Input input) {
        var credentials = CredentialFinding.of(input);
        var statuses = input.registrations().statuses(input.previous(), input.spec());
        var registrations = RegistrationFinding.of(input, statuses);
        var conditions = new Conditions(input.previous().conditions(), input.generation(), input.now())
                .set(OwnedCondition.CredentialsValid, credentials)
                .set(OwnedCondition.Ready, ready(input, credentials, registrations));
        if (registrations.isPresent()) {
            conditions.set(OwnedCondition.RegistrationsValid, registrations.get());
        } else if (input.registrations() instanceof Registrations.NotYet) {
            conditions.keep(OwnedCondition.RegistrationsValid);
        }
        RetirementFinding.of(input).ifPresent(it -> conditions.set(OwnedCondition.PermissionsValid, it));
        return StatusLimits.fit(new ApplicationCatalogStatus(
                input.generation(),
                input.use().onboardings(),
                input.homeTenantId().orElse(null),
                statuses,
                RetirementFinding.statuses(input),
                conditions.list()));
    }

    /**
     * What a catalog's status is when looking at it failed, for a reason that is the operator's.
     *
     * @param problem what went wrong, without anything that a stranger wrote
     */
    public static ApplicationCatalogStatus failed(
            ApplicationCatalogStatus previous, long generation, String problem, Instant now) {
        var finding = new Finding(
                Status.Unknown,
                Summary.CheckFailed,
                "Looking at this catalog failed: " + problem + ". Nothing is known of it until that succeeds. That is a"
                        + " fault of the operator: its log has the details. Report them.");
        var conditions = new Conditions(previous.conditions(), generation, now)
                .set(OwnedCondition.CredentialsValid, finding)
                .set(OwnedCondition.Ready, finding);
        if (previous.conditions().stream().anyMatch(it -> it.type().equals(ConditionType.REGISTRATIONS_VALID))) {
            conditions.set(OwnedCondition.RegistrationsValid, finding);
        }
        if (!previous.retirements().isEmpty()) {
            conditions.set(OwnedCondition.PermissionsValid, finding);
        }
        return StatusLimits.fit(new ApplicationCatalogStatus(
                generation,
                previous.onboardings(),
                previous.homeTenantId(),
                previous.registrations(),
                previous.retirements(),
                conditions.list()));
    }

    /**
     * Without a credential no tenant can be verified, so a catalog that lacks one is of no use to anybody; nor is one whose
     * applications serve nobody.
     */
    private static Finding ready(Input input, Finding credentials, Optional<Finding> registrations) {
        if (!input.problems().isEmpty()) {
            return mistaken(input.problems());
        }
        if (input.unknownCloud().isPresent()) {
            return new Finding(
                    Status.False,
                    Summary.CloudNotConfigured,
                    input.unknownCloud().get());
        }
        return input.use()
                .unknownPermission()
                .map(CatalogStatusBuilder::unknownPermission)
                .or(() -> Optional.of(credentials).filter(it -> it.status() == Status.False))
                .or(() -> registrations.filter(it -> it.status() == Status.False))
                .orElseGet(() -> new Finding(
                        Status.True, Summary.Usable, "No mistake is known. Onboardings can use this catalog."));
    }

    private static Finding mistaken(List<SpecProblem> problems) {
        var first = problems.getFirst();
        var more = problems.size() > 1 ? " There are " + (problems.size() - 1) + " more mistakes." : "";
        return new Finding(Status.False, new Mistake(first.reason()), first.message() + more);
    }

    private static Finding unknownPermission(CatalogUse.UnknownPermission found) {
        return new Finding(
                Status.False,
                new Open(ApplicationState.UnknownPermission),
                "Application " + found.application() + ": " + found.message()
                        + " Correct spec.applications; names are case-insensitive, and application permissions differ"
                        + " from delegated ones.");
    }
}
