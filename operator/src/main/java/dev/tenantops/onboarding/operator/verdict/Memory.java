package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.verdict.MemoryTimes.Time;
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
 * @param times when what of this happened
 */
public record Memory(
        Optional<ApplicationState> state,
        List<Permission> granted,
        List<Permission> missing,
        List<Permission> lost,
        boolean complete,
        MemoryTimes times) {

    public static final Memory NONE =
            new Memory(Optional.empty(), List.of(), List.of(), List.of(), true, MemoryTimes.NONE);

    public Memory {
        granted = List.copyOf(granted);
        missing = List.copyOf(missing);
        lost = List.copyOf(lost);
    }

    /** A time at which the last verdict was still found true. */
    public Optional<Instant> lastVerified() {
        return times.at(Time.LastVerified);
    }

    /** Since when everything is granted, else when it was last seen so. */
    public Optional<Instant> lastGranted() {
        return times.at(Time.LastGranted);
    }

    /** When a granted permission was first not found, while a second reading has yet to confirm its loss. */
    public Optional<Instant> vanished() {
        return times.at(Time.Vanished);
    }

    /** When the last of the losses was first read. */
    public Optional<Instant> firstMissing() {
        return times.at(Time.FirstMissing);
    }

    /** When a missing permission was last found granted while others stayed missing. */
    public Optional<Instant> appeared() {
        return times.at(Time.Appeared);
    }

    /** When a browser last came back from the consent page: a hint only. */
    public Optional<Instant> consentReturned() {
        return times.at(Time.ConsentReturned);
    }

    /** The same without the times that can have been no times of the past. That it was granted once stays. */
    public Memory believed(Instant now) {
        var past = new Past(now);
        var believed = MemoryTimes.of(it -> times.at(it).filter(past::holds));
        var lastGranted = believed.at(Time.LastGranted)
                .or(() -> lastGranted()
                        .map(_ -> Stream.of(Time.LastVerified, Time.Vanished, Time.FirstMissing)
                                .flatMap(it -> believed.at(it).stream())
                                .min(Instant::compareTo)
                                .orElse(now)));
        return with(believed.with(Time.LastGranted, lastGranted));
    }

    /** The same with a browser's return from the consent page. */
    public Memory withConsentReturned(Instant at) {
        return with(times.with(Time.ConsentReturned, Optional.of(at)));
    }

    /** The same once it is too old to tell anything of the present. */
    public Memory outdated() {
        return new Memory(
                Optional.of(ApplicationState.NotVerified),
                granted,
                List.of(),
                lost,
                complete,
                times.with(Time.LastGranted, lastSeenGranted()));
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
                unlicensed()
                        .with(Time.Vanished, vanished().filter(_ -> !vanishing().isEmpty())));
    }

    /** What is to be remembered of a reading while no licence brings the application. */
    Memory noLongerLicensed(Changes changes) {
        return new Memory(
                Optional.of(ApplicationState.NoLongerLicensed),
                changes.remembered(),
                changes.awaited(),
                changes.lost(),
                true,
                unlicensed().with(Time.Vanished, changes.vanished()).with(Time.FirstMissing, changes.firstMissing()));
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

    /** Whether nothing was left to be done when it was last looked at. */
    boolean nothingOpen() {
        return state.map(StateKind::of).filter(StateKind::closed).isPresent();
    }

    /** What is to be remembered of a reading and of its verdict. */
    Memory with(ApplicationState verdict, PermissionFindings findings, Changes changes, Instant now) {
        var granted = verdict == ApplicationState.Granted;
        var closed = StateKind.of(verdict).closed();
        return new Memory(
                Optional.of(verdict),
                changes.remembered(),
                findings.missing(),
                closed ? List.of() : changes.lost(),
                true,
                MemoryTimes.of(time -> switch (time) {
                    case LastVerified -> Optional.of(now);
                    case LastGranted -> granted ? (allGranted() ? lastGranted() : Optional.of(now)) : lastSeenGranted();
                    case Vanished -> changes.vanished();
                    case FirstMissing -> closed ? Optional.empty() : changes.firstMissing();
                    case Appeared -> closed ? Optional.empty() : changes.appeared();
                    case ConsentReturned -> closed ? Optional.empty() : consentReturned();
                }));
    }

    private Optional<Instant> lastSeenGranted() {
        return allGranted() ? lastVerified().or(this::lastGranted) : lastGranted();
    }

    /** What nothing asks for any more is not remembered to have come. */
    private MemoryTimes unlicensed() {
        return times.with(Time.LastGranted, lastSeenGranted()).with(Time.Appeared, Optional.empty());
    }

    private Memory with(MemoryTimes others) {
        return new Memory(state, granted, missing, lost, complete, others);
    }
}
