package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RetirementStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.desired.CatalogRetirement;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.util.List;
import java.util.Optional;

/** The condition {@code PermissionsValid} of a catalog: who breaks when. Absent where nothing ends. */
final class RetirementFinding {

    private RetirementFinding() {}

    static Optional<Finding> of(CatalogStatusBuilder.Input input) {
        return input.retirements().stream().findFirst().map(first -> {
            var over = first.retirement().isOver(input.now());
            var concerned = input.use().retiring(first);
            return new Finding(
                    over ? Status.False : Status.True,
                    over ? new Open(ApplicationState.PermissionRetired) : Summary.RetirementAnnounced,
                    first.permission() + ", which the application " + first.application() + " needs, is retired "
                            + (over ? "since " : "on ") + first.retirement().date() + ". The application "
                            + (over ? "does not work any more" : "will not work from then on") + " for "
                            + (concerned == 1 ? "1 onboarding" : concerned + " onboardings")
                            + ", whatever the tenants have granted."
                            + first.retirement().more() + more(input.retirements()));
        });
    }

    /** What a program counts. */
    static List<RetirementStatus> statuses(CatalogStatusBuilder.Input input) {
        return input.retirements().stream()
                .map(it -> new RetirementStatus(
                        it.application(),
                        it.permission(),
                        it.retirement().date().toString(),
                        input.use().retiring(it)))
                .toList();
    }

    private static String more(List<CatalogRetirement> retirements) {
        return retirements.size() == 1
                ? ""
                : " " + (retirements.size() - 1) + " more of its permissions end (see status.retirements).";
    }
}
