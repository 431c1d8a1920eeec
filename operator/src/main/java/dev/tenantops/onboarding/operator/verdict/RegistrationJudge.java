package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.DesiredRegistration;
import dev.tenantops.onboarding.operator.observe.PublisherObservation;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Requested;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges the registrations of a catalog by what their publisher's tenant shows. One that is not there is only called
 * deleted where the recycle bin has it, or it was seen before: else the catalog may name the wrong tenant or the wrong id,
 * which says nothing of what customers granted.
 */
public final class RegistrationJudge {

    private RegistrationJudge() {}

    /**
     * Judges them, in their order.
     *
     * @param before how they were when they were last read, by client id; of the same tenant
     */
    public static List<RegistrationVerdict> judge(
            List<DesiredRegistration> desired,
            PublisherObservation observation,
            Map<String, RegistrationState> before) {
        return desired.stream()
                .map(it -> judge(it, observation, Optional.ofNullable(before.get(it.clientId()))))
                .toList();
    }

    /** Whether a reading says what is worth a second one before anybody hears of it. */
    public static boolean isDoubtful(List<RegistrationVerdict> verdicts, Map<String, RegistrationState> before) {
        return verdicts.stream()
                .anyMatch(it -> it.state() != RegistrationState.Registered
                        && it.state() != before.get(it.desired().clientId()));
    }

    /** Whether two readings say the same of what makes grants worthless. */
    public static boolean agree(List<RegistrationVerdict> first, List<RegistrationVerdict> second) {
        return first.stream()
                .map(RegistrationVerdict::state)
                .toList()
                .equals(second.stream().map(RegistrationVerdict::state).toList());
    }

    private static RegistrationVerdict judge(
            DesiredRegistration desired, PublisherObservation observation, Optional<RegistrationState> before) {
        return switch (observation.registrations().get(desired.clientId())) {
            case Seen.Present present ->
                new RegistrationVerdict(
                        desired,
                        present.multiTenant() ? RegistrationState.Registered : RegistrationState.SingleTenant,
                        Optional.empty(),
                        desired.replyUrl().filter(it -> !present.replyUrls().contains(it)),
                        desired.permissions().stream()
                                .filter(it -> it.required() && lacks(present, it, observation.resources()))
                                .map(DesiredPermission::permission)
                                .sorted()
                                .toList());
            case Seen.Deleted deleted ->
                new RegistrationVerdict(
                        desired, RegistrationState.Deleted, Optional.of(deleted.at()), Optional.empty(), List.of());
            case Seen.Absent _ ->
                new RegistrationVerdict(
                        desired,
                        before.filter(it -> it != RegistrationState.NotFound).isPresent()
                                ? RegistrationState.Deleted
                                : RegistrationState.NotFound,
                        Optional.empty(),
                        Optional.empty(),
                        List.<Permission>of());
            case null ->
                throw new IllegalArgumentException("The registration " + desired.clientId() + " was not asked for");
        };
    }

    /** What has no id in that tenant cannot be told from what is requested there. */
    private static boolean lacks(
            Seen.Present present, DesiredPermission desired, Map<String, ResourceServicePrincipal> resources) {
        var requested = Stream.concat(Stream.of(desired.permission().value()), desired.satisfiedBy().stream())
                .flatMap(it -> requested(desired, it, resources).stream())
                .toList();
        return requested(desired, desired.permission().value(), resources).isPresent()
                && requested.stream().noneMatch(present.requested()::contains);
    }

    /** How a registration would request a permission of the same API and type. */
    private static Optional<Requested> requested(
            DesiredPermission desired, String value, Map<String, ResourceServicePrincipal> resources) {
        var type = desired.permission().type();
        return Optional.ofNullable(resources.get(desired.resourceAppId()))
                .flatMap(it -> it.definitions().ifComplete())
                .flatMap(it -> type == PermissionType.Application ? it.appRole(value) : it.scope(value))
                .map(it -> new Requested(desired.resourceAppId(), type, it.id()));
    }
}
