package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Gone;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Present;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Unread;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Judges an application that the licences no longer bring: it is surplus until the tenant is proven to lack it. */
public final class FormerJudge {

    private FormerJudge() {}

    /** @param memory what is remembered of its grants, from when it was licensed or from the last check */
    public static FormerVerdict judge(FormerApplication application, TenantObservation observation, Memory memory) {
        return switch (observation.applications()) {
            case Reading.Failed<Map<String, ApplicationObservation>> _ -> new Unread(application);
            case Reading.Complete<Map<String, ApplicationObservation>>(var applications) -> {
                var observed = applications.get(application.clientId());
                if (observed.servicePrincipal().isEmpty()) {
                    yield new Gone(application);
                }
                if (unread(observed)) {
                    yield new Unread(application);
                }
                yield switch (observation.resources()) {
                    case Reading.Failed<Map<String, ResourceServicePrincipal>> _ -> new Unread(application);
                    case Reading.Complete<Map<String, ResourceServicePrincipal>>(var resources) ->
                        present(
                                application,
                                observed.servicePrincipal().get(),
                                SurplusGrants.of(List.of(), observed, resources, observation.otherResources()),
                                memory.believed(observation.readAt()));
                };
            }
        };
    }

    private static Present present(
            FormerApplication application, ServicePrincipal principal, List<Permission> grants, Memory memory) {
        return new Present(application, principal.id(), grants, memory.noLongerLicensed(grants));
    }

    /** What the verifier may never read is not waited for: then only what it may is listed. */
    private static boolean unread(ApplicationObservation observed) {
        return Stream.of(observed.appRoleAssignments(), observed.delegatedGrants())
                .flatMap(it -> it.ifFailed().stream())
                .anyMatch(it -> it.reason() != Failure.Reason.VerifierPermissionsMissing);
    }
}
