package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Ineffective;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.NotGranted;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Retired;
import dev.tenantops.onboarding.operator.verdict.PermissionFinding.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that the state of an application is told from.
 *
 * @param withdrawn how its publisher took it from all tenants, as the catalog shows
 * @param observed what was read of it
 * @param permissions what that proves of its permissions
 * @param memory what is remembered of earlier readings
 * @param changes what the reading changes in that
 * @param afterConsent how long after a consent its grants may not show yet
 * @param now when it was read
 */
record ApplicationFindings(
        Optional<ApplicationState> withdrawn,
        ApplicationObservation observed,
        PermissionFindings permissions,
        Memory memory,
        Changes changes,
        Duration afterConsent,
        Instant now) {

    /** Whether a needed permission is found to be so. */
    boolean any(Class<? extends PermissionFinding> kind) {
        return permissions.any(kind::isInstance);
    }

    boolean disabled() {
        return observed.servicePrincipal().filter(it -> !it.enabled()).isPresent();
    }

    /** Whether the publisher deactivated the registration, or had when that could last be seen. */
    boolean deactivated() {
        return shows(Registration.Deactivated)
                || (shows(Registration.NotShown)
                        && memory.state()
                                .filter(ApplicationState.ApplicationDeactivated::equals)
                                .isPresent());
    }

    boolean withdrawn(ApplicationState how) {
        return withdrawn.filter(how::equals).isPresent();
    }

    boolean disabledByMicrosoft() {
        return shows(Registration.DisabledByMicrosoft);
    }

    private boolean shows(Registration registration) {
        return observed.servicePrincipal()
                .filter(it -> it.registration() == registration)
                .isPresent();
    }

    boolean deleted() {
        return observed.servicePrincipal().isEmpty() && observed.deleted().isPresent();
    }

    boolean losesUnconfirmed() {
        return changes.vanished().isPresent();
    }

    boolean complete() {
        return permissions.missing().isEmpty() && observed.servicePrincipal().isPresent();
    }

    /** Whether only the application itself is missing, since somebody vouches for all its permissions. */
    boolean absent() {
        return permissions.missing().isEmpty() && observed.servicePrincipal().isEmpty();
    }

    boolean needsNothing() {
        return permissions.needNothing();
    }

    /** Whether it cannot work, granted or not. */
    boolean retired() {
        return any(Retired.class);
    }

    boolean resourceDisabled() {
        return permissions.any(new Ineffective(Ineffective.Cause.ResourceDisabled)::equals);
    }

    /** A consent brings its grants one after the other, and to one replica after the other. */
    boolean consentedJustNow() {
        return recent(changes.appeared()) || recent(memory.consentReturned());
    }

    boolean lost() {
        return !changes.lost().isEmpty();
    }

    /** Of what cannot be read nothing is known: neither that it is left nor that it is not. */
    boolean nothingLeft() {
        return changes.remembered().isEmpty()
                && permissions.byPermission().values().stream().noneMatch(Unreadable.class::isInstance);
    }

    boolean everGranted() {
        return memory.lastGranted().isPresent();
    }

    boolean nothingEver() {
        return nothingLeft() && !everGranted();
    }

    boolean grantedByUsers() {
        return permissions.any(it -> it instanceof NotGranted(boolean users) && users);
    }

    boolean appearedInPart() {
        return changes.appeared().isPresent();
    }

    private boolean recent(Optional<Instant> consent) {
        return consent.filter(it -> Duration.between(it, now).compareTo(afterConsent) < 0)
                .isPresent();
    }
}
