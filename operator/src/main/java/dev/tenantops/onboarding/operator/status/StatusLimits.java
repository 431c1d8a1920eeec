package dev.tenantops.onboarding.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.LeftOut;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.verdict.StateKind;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Cuts a status to what its schema and its reader have room for, as the last step before it is written: one that the API
 * server refuses leaves the one before it to stand. It cuts the least important first, says how much it left out, and
 * gives the same for the same, so that what was cut and read back is not written again.
 */
public final class StatusLimits {

    private static final ObjectWriter JSON = new ObjectMapper().writer();

    /** The most permissions in one list, one after the other, until all of a status fits. */
    private static final List<Integer> PERMISSIONS = List.of(StatusLimit.PERMISSIONS, 20, 10, 5, 2, 0);

    private StatusLimits() {}

    /** As much as is echoed of the annotation that asks for a check; whoever compares the two compares this. */
    public static String echoed(String requestedAt) {
        return Text.prefix(requestedAt, StatusLimit.REQUESTED_AT);
    }

    /** The status of a catalog, cut. */
    public static ApplicationCatalogStatus fit(ApplicationCatalogStatus status) {
        return new ApplicationCatalogStatus(
                status.observedGeneration(),
                status.onboardings(),
                whole(status.homeTenantId(), StatusLimit.ID),
                first(
                        status.registrations(),
                        StatusLimit.REGISTRATIONS,
                        _ -> 0,
                        StatusLimits::registration,
                        it -> List.of(Objects.requireNonNullElse(it.application(), ""), it.clientId())),
                status.retirements().stream().limit(StatusLimit.RETIREMENTS).toList(),
                conditions(status.conditions(), StatusLimit.CATALOG_CONDITIONS));
    }

    private static RegistrationStatus registration(RegistrationStatus registration) {
        return new RegistrationStatus(
                Text.cut(registration.application(), StatusLimit.NAME),
                required(registration.clientId(), StatusLimit.ID),
                registration.state(),
                time(registration.deletedTime()),
                Text.cut(registration.missingReplyUrl(), StatusLimit.URL),
                StatusLimit.permissions(registration.notRequested()));
    }

    /** The status of an onboarding, cut. */
    public static TenantOnboardingStatus fit(TenantOnboardingStatus status) {
        for (int permissions : PERMISSIONS) {
            var cut = cut(status, permissions, StatusLimit.APPLICATIONS, StatusLimit.ENDPOINTS);
            if (fits(cut)) {
                return cut;
            }
        }
        // Without permissions and with few entries everything fits, however long its texts are.
        var entries = StatusLimit.ENDPOINTS;
        while (entries > 0) {
            var cut = cut(status, PERMISSIONS.getLast(), entries, entries);
            if (fits(cut)) {
                return cut;
            }
            entries /= 2;
        }
        return cut(status, 0, 0, 0);
    }

    private static boolean fits(TenantOnboardingStatus status) {
        try {
            return JSON.writeValueAsBytes(status).length <= StatusLimit.BYTES;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A status cannot be written", e);
        }
    }

    private static TenantOnboardingStatus cut(
            TenantOnboardingStatus status, int permissions, int applications, int endpoints) {
        var verifiers = first(
                status.verifiers(), StatusLimit.VERIFIERS, _ -> 0, StatusLimits::verifier, VerifierStatus::catalog);
        var shownApplications = first(
                status.applications(),
                applications,
                StatusLimits::importance,
                StatusLimits::application,
                it -> List.of(it.catalog(), it.name()));
        var shownEndpoints = first(
                status.endpoints(), endpoints, StatusLimits::importance, StatusLimits::endpoint, EndpointStatus::name);
        var lists = shownApplications.stream()
                .map(it -> new PermissionLists(it, permissions))
                .toList();
        return new TenantOnboardingStatus(
                new Handled(status.observedGeneration(), emptyAsNull(status.lastHandledReconcileAt())),
                new Customer(
                        emptyAsNull(Text.cut(status.tenantName(), StatusLimit.DISPLAY_NAME)),
                        emptyAsNull(status.pageUrl())),
                new Progress(
                        Text.cut(status.granted(), StatusLimit.GRANTED),
                        Text.withoutMiddle(status.nextAction(), StatusLimit.NEXT_ACTION)),
                new Times(time(status.lastVerified()), time(status.validUntil())),
                new Entries(
                        verifiers,
                        lists.stream().map(PermissionLists::application).toList(),
                        shownEndpoints,
                        leftOut(
                                status.leftOut(),
                                status.verifiers().size() - verifiers.size(),
                                status.applications().size() - shownApplications.size(),
                                status.endpoints().size() - shownEndpoints.size(),
                                lists.stream()
                                        .mapToInt(PermissionLists::leftOut)
                                        .sum())),
                conditions(status.conditions(), StatusLimit.CONDITIONS));
    }

    /** The most important ones, in the order in which they stood, each key once. */
    private static <T> List<T> first(
            List<T> entries, int limit, ToIntFunction<T> importance, Function<T, T> fitted, Function<T, Object> key) {
        var chosen = new HashSet<>(IntStream.range(0, entries.size())
                .boxed()
                .sorted((one, other) -> Integer.compare(
                        importance.applyAsInt(entries.get(one)), importance.applyAsInt(entries.get(other))))
                .limit(limit)
                .toList());
        var keys = new HashSet<>();
        return IntStream.range(0, entries.size())
                .filter(chosen::contains)
                .mapToObj(it -> fitted.apply(entries.get(it)))
                .filter(it -> keys.add(key.apply(it)))
                .toList();
    }

    /** What asks for something, then what the next verdict has to remember, then what nobody waits for. */
    private static int importance(ApplicationStatus application) {
        return switch (StateKind.of(application.state())) {
            case Surplus -> 4;
            case NotVerifiable -> 3;
            case Granted, Attested -> application.optional() == null ? 1 : 2;
            case Unknown -> application.lastGrantedTime() == null ? 2 : 1;
            case Missing, Partial, Undefined, Ineffective, Retired, Passing -> application.optional() == null ? 0 : 2;
        };
    }

    private static int importance(EndpointStatus endpoint) {
        if (endpoint.state().equals(EndpointStatuses.REACHABLE)) {
            return 1;
        }
        var reason = EndpointStatuses.reason(endpoint);
        return reason == null || reason.holdsBackReady() ? 0 : 2;
    }

    /** @param before what was left out already when this was made */
    private static LeftOut leftOut(LeftOut before, int verifiers, int applications, int endpoints, int permissions) {
        if (verifiers + applications + endpoints + permissions == 0) {
            return before;
        }
        var already = Optional.ofNullable(before).orElseGet(() -> new LeftOut(null, null, null, null));
        return new LeftOut(
                sum(already.verifiers(), verifiers),
                sum(already.applications(), applications),
                sum(already.endpoints(), endpoints),
                sum(already.permissions(), permissions));
    }

    private static Integer sum(Integer before, int leftOut) {
        var sum = Optional.ofNullable(before).orElse(0) + leftOut;
        return sum == 0 ? null : sum;
    }

    private static VerifierStatus verifier(VerifierStatus verifier) {
        return new VerifierStatus(
                required(verifier.catalog(), StatusLimit.CATALOG),
                whole(verifier.clientId(), StatusLimit.ID),
                whole(verifier.consentUrl(), StatusLimit.LINK),
                Text.cut(verifier.grantableBy(), StatusLimit.ROLES),
                verifier.tier(),
                required(verifier.state(), StatusLimit.STATE),
                time(verifier.refusedTime()));
    }

    private static ApplicationStatus application(ApplicationStatus application) {
        return new ApplicationStatus(
                new Identity(
                        required(application.catalog(), StatusLimit.CATALOG),
                        required(application.name(), StatusLimit.NAME),
                        Text.cut(application.displayName(), StatusLimit.DISPLAY_NAME),
                        whole(application.clientId(), StatusLimit.ID),
                        whole(application.servicePrincipalId(), StatusLimit.ID)),
                application.state(),
                application.optional(),
                new Link(
                        whole(application.consentUrl(), StatusLimit.LINK),
                        Text.cut(application.grantableBy(), StatusLimit.ROLES)),
                Text.withoutMiddle(application.message(), StatusLimit.MESSAGE),
                application.permissions(),
                application.attestations(),
                application.times().map(StatusLimits::time));
    }

    private static EndpointStatus endpoint(EndpointStatus endpoint) {
        return new EndpointStatus(
                required(endpoint.name(), StatusLimit.ENDPOINT_NAME),
                new Outcome(
                        required(endpoint.state(), StatusLimit.STATE),
                        Text.cut(endpoint.failedStage(), StatusLimit.STAGE),
                        time(endpoint.since()),
                        endpoint.stages().stream()
                                .limit(StatusLimit.STAGES)
                                .map(it -> required(it, StatusLimit.STAGE))
                                .toList()),
                new Route(
                        Text.cut(endpoint.tried(), StatusLimit.URL),
                        Text.cut(endpoint.from(), StatusLimit.ADDRESS),
                        Text.cut(endpoint.proxy(), StatusLimit.URL)),
                new Advice(
                        Text.cut(endpoint.message(), StatusLimit.MESSAGE),
                        Text.cut(endpoint.nextStep(), StatusLimit.MESSAGE)));
    }

    private static List<Condition> conditions(List<Condition> conditions, int limit) {
        return first(conditions, limit, _ -> 0, StatusLimits::condition, Condition::type);
    }

    private static Condition condition(Condition condition) {
        return new Condition(
                required(condition.type(), StatusLimit.CONDITION_TYPE),
                condition.status(),
                condition.observedGeneration(),
                condition.lastTransitionTime(),
                required(condition.reason(), StatusLimit.REASON),
                Text.withoutMiddle(condition.message(), StatusLimit.CONDITION_MESSAGE));
    }

    private static String required(String text, int limit) {
        var cut = Text.cut(text, limit);
        return cut == null ? "" : cut;
    }

    /** Half a link leads nowhere, and half an id is another one. */
    private static String whole(String text, int limit) {
        var cut = Text.cut(text, limit);
        return cut == null || !cut.equals(text) ? null : text;
    }

    private static String time(String time) {
        return time != null
                        && time.length() <= StatusLimit.TIME
                        && Timestamps.parse(time).isPresent()
                ? time
                : null;
    }

    private static String emptyAsNull(String requestedAt) {
        return requestedAt == null || requestedAt.isEmpty() ? null : echoed(requestedAt);
    }
}
