package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What verdicts on one application need to know of the past. It is kept in the status, so that a restart changes no
 * verdict.
 *
 * @param state the last verdict; empty when nothing was proven, or not lately
 * @param granted the declared permissions last found granted, with those whose loss is not confirmed
 * @param missing the needed permissions that the last reading did not find, also those that are awaited
 * @param lost those of them that had been granted, once a second reading has confirmed it
 * @param complete false when the status had no room for all of these
 * @param lastVerified a time at which the last verdict was still found true
 * @param lastGranted since when everything is granted, else when it was last seen so
 * @param vanished when a granted permission was first not found, while a second reading has yet to confirm its loss
 * @param firstMissing when the last of these losses was first read
 * @param appeared when a missing permission was last found granted while others stayed missing
 * @param consentReturned when a browser last came back from the consent page: a hint only
 */
public record Memory(
        Optional<ApplicationState> state,
        List<Permission> granted,
        List<Permission> missing,
        List<Permission> lost,
        boolean complete,
        Optional<Instant> lastVerified,
        Optional<Instant> lastGranted,
        Optional<Instant> vanished,
        Optional<Instant> firstMissing,
        Optional<Instant> appeared,
        Optional<Instant> consentReturned) {

    public static final Memory NONE = new Memory(
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Memory {
        granted = List.copyOf(granted);
        missing = List.copyOf(missing);
        lost = List.copyOf(lost);
    }

    /** The same without the times that can have been no times of the past. That it was granted once stays. */
    public Memory believed(Instant now) {
        var past = new Past(now);
        var granted = lastGranted.map(it -> past.holds(it)
                ? it
                : Stream.of(lastVerified, vanished, firstMissing)
                        .flatMap(Optional::stream)
                        .filter(past::holds)
                        .min(Instant::compareTo)
                        .orElse(now));
        return new Memory(
                state,
                this.granted,
                missing,
                lost,
                complete,
                lastVerified.filter(past::holds),
                granted,
                vanished.filter(past::holds),
                firstMissing.filter(past::holds),
                appeared.filter(past::holds),
                consentReturned.filter(past::holds));
    }

    /** The same with a browser's return from the consent page. */
    public Memory withConsentReturned(Instant at) {
        return new Memory(
                state,
                granted,
                missing,
                lost,
                complete,
                lastVerified,
                lastGranted,
                vanished,
                firstMissing,
                appeared,
                Optional.of(at));
    }

    /** The same once it is too old to tell anything of the present. */
    public Memory outdated() {
        return new Memory(
                Optional.of(ApplicationState.NotVerified),
                granted,
                List.of(),
                lost,
                complete,
                lastVerified,
                lastSeenGranted(),
                vanished,
                firstMissing,
                appeared,
                consentReturned);
    }

    /**
     * The same for as long as no licence brings the application, and nothing new is known.
     *
     * @param grants what it held when it was last read, with what is awaited
     */
    public Memory noLongerLicensed(List<Permission> grants) {
        return new Memory(
                Optional.of(ApplicationState.NoLongerLicensed),
                grants,
                vanishing(),
                lost,
                true,
                lastVerified,
                lastSeenGranted(),
                vanishing().isEmpty() ? Optional.empty() : vanished,
                firstMissing,
                Optional.empty(),
                consentReturned);
    }

    /** What is to be remembered of a reading while no licence brings the application. */
    Memory noLongerLicensed(Changes changes) {
        return new Memory(
                Optional.of(ApplicationState.NoLongerLicensed),
                changes.remembered(),
                changes.awaited(),
                changes.lost(),
                true,
                lastVerified,
                lastSeenGranted(),
                changes.vanished(),
                changes.firstMissing(),
                Optional.empty(),
                consentReturned);
    }

    /** What was granted and was not found by the last reading, while its loss is not confirmed. */
    public List<Permission> vanishing() {
        return granted.stream().filter(missing::contains).toList();
    }

    /** Whether it tells what was proven and not only what had been before. */
    boolean standing() {
        return state.filter(it -> it != ApplicationState.NotVerified).isPresent();
    }

    /** Whether everything was granted when it was last looked at. */
    boolean allGranted() {
        return state.filter(ApplicationState.Granted::equals).isPresent();
    }

    /** What is to be remembered of a reading and of its verdict. */
    Memory with(ApplicationState verdict, PermissionFindings findings, Changes changes, Instant now) {
        var granted = verdict == ApplicationState.Granted;
        return new Memory(
                Optional.of(verdict),
                changes.remembered(),
                findings.missing(),
                granted ? List.of() : changes.lost(),
                true,
                Optional.of(now),
                granted ? (allGranted() ? lastGranted : Optional.of(now)) : lastSeenGranted(),
                changes.vanished(),
                granted ? Optional.empty() : changes.firstMissing(),
                granted ? Optional.empty() : changes.appeared(),
                granted ? Optional.empty() : consentReturned);
    }

    private Optional<Instant> lastSeenGranted() {
        return allGranted() ? lastVerified.or(() -> lastGranted) : lastGranted;
    }
}
