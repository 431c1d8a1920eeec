package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Gone;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Present;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Unread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Judges an application that the licences no longer bring: it is surplus until the tenant is proven to lack it. */
public final class FormerJudge {

    private FormerJudge() {}

    /**
     * @param before what is remembered of its grants, from when it was licensed or from the last check
     * @param confirmation how long a grant has to stay away before it counts as lost
     */
    static FormerVerdict judge(
            FormerApplication application, TenantObservation observation, Memory before, Duration confirmation) {
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
                var now = observation.readAt();
                var memory = before.believed(now);
                yield switch (observation.resources()) {
                    case Reading.Failed<Map<String, ResourceServicePrincipal>> _ -> new Unread(application);
                    case Reading.Complete<Map<String, ResourceServicePrincipal>>(var resources) -> {
                        if (unnamed(observed, resources)) {
                            yield new Unread(application);
                        }
                        var unread = memory.granted().stream()
                                .filter(it -> unread(observed, it.type()))
                                .toList();
                        var grants = Stream.concat(
                                        SurplusGrants.of(List.of(), observed, resources, observation.otherResources())
                                                .stream(),
                                        unread.stream())
                                .distinct()
                                .sorted()
                                .toList();
                        yield new Present(
                                application,
                                observed.servicePrincipal().get().id(),
                                grants,
                                unread,
                                memory.noLongerLicensed(Changes.unlicensed(memory, grants, confirmation, now)));
                    }
                };
            }
        };
    }

    /** What it holds on an API of which is not known what it defines would look lost if it were told by its id. */
    private static boolean unnamed(ApplicationObservation observed, Map<String, ResourceServicePrincipal> resources) {
        return resources.values().stream()
                .filter(it -> it.definitions().ifFailed().isPresent())
                .anyMatch(api -> observed.appRoleAssignments().ifComplete().orElse(List.of()).stream()
                        .anyMatch(it -> it.resourceId().equalsIgnoreCase(api.id())));
    }

    private static boolean unread(ApplicationObservation observed, PermissionType type) {
        var reading = type == PermissionType.Application ? observed.appRoleAssignments() : observed.delegatedGrants();
        return reading.ifFailed().isPresent();
    }

    /** What the verifier may never read is not waited for: then only what it may is listed. */
    private static boolean unread(ApplicationObservation observed) {
        return Stream.of(observed.appRoleAssignments(), observed.delegatedGrants())
                .flatMap(it -> it.ifFailed().stream())
                .anyMatch(it -> it.reason() != Failure.Reason.VerifierPermissionsMissing);
    }
}
