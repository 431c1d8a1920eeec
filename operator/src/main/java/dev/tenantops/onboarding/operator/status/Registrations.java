package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.operator.desired.DesiredRegistration;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.verdict.RegistrationVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of a catalog's registrations in its publisher's own tenant. */
public sealed interface Registrations {

    /** The catalog names no such tenant. */
    record NotAskedFor() implements Registrations {}

    /** It is being read for the first time. */
    record NotYet() implements Registrations {}

    /** It could not be read. */
    record Unread(Failure failure) implements Registrations {}

    /** It was read to the end. */
    record Read(List<RegistrationVerdict> verdicts) implements Registrations {

        public Read {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** How the registrations were when the tenant that the spec names was last read, by client id in lower case. */
    static Map<String, RegistrationState> before(ApplicationCatalogStatus previous, ApplicationCatalogSpec spec) {
        return kept(previous, spec)
                .collect(Collectors.toMap(
                        it -> it.clientId().toLowerCase(Locale.ROOT), RegistrationStatus::state, (one, _) -> one));
    }

    /** What the status says of them. What was read stands until another reading comes to its end. */
    default List<RegistrationStatus> statuses(ApplicationCatalogStatus previous, ApplicationCatalogSpec spec) {
        return switch (this) {
            case NotAskedFor _ -> List.of();
            case Read(var verdicts) ->
                verdicts.stream().map(Registrations::status).toList();
            case NotYet _, Unread _ -> {
                var wanted = DesiredRegistration.of(spec, Optional.empty()).stream()
                        .map(DesiredRegistration::clientId)
                        .collect(Collectors.toSet());
                yield kept(previous, spec)
                        .filter(it -> wanted.contains(it.clientId().toLowerCase(Locale.ROOT)))
                        .toList();
            }
        };
    }

    private static Stream<RegistrationStatus> kept(ApplicationCatalogStatus previous, ApplicationCatalogSpec spec) {
        var home = spec.verifier().homeTenantId();
        return home != null && home.equalsIgnoreCase(previous.homeTenantId())
                ? previous.registrations().stream()
                : Stream.empty();
    }

    private static RegistrationStatus status(RegistrationVerdict verdict) {
        return new RegistrationStatus(
                verdict.desired().application().orElse(null),
                verdict.desired().clientId(),
                verdict.state(),
                verdict.deletedAt().map(Timestamps::format).orElse(null),
                verdict.missingReplyUrl().orElse(null),
                verdict.notRequested());
    }
}
