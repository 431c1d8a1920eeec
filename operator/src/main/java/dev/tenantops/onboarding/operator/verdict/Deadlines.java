package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.AttestationTimes;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.DesiredPrerequisite;
import dev.tenantops.onboarding.operator.desired.Retirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Times that are known in advance, at which the same readings begin to mean something else. */
public final class Deadlines {

    private Deadlines() {}

    /** When anything that is told of the applications has to be told anew, for no other reason than the time. */
    public static Optional<Instant> next(List<ApplicationVerdict> applications, Instant after) {
        return first(applications.stream().map(ApplicationVerdict::application).flatMap(Deadlines::turns), after);
    }

    /** When something ends that readiness may rest on: nothing good can be said for longer. */
    public static Optional<Instant> end(List<ApplicationVerdict> applications, Instant after) {
        return first(
                applications.stream()
                        .map(ApplicationVerdict::application)
                        .filter(it -> !it.optional())
                        .flatMap(Deadlines::ends),
                after);
    }

    private static Stream<Instant> turns(DesiredApplication application) {
        return Stream.concat(
                application.permissions().stream()
                        .flatMap(it ->
                                Stream.concat(retirements(it), it.attested().turns())),
                application.prerequisites().stream()
                        .map(DesiredPrerequisite::attested)
                        .flatMap(AttestationTimes::turns));
    }

    private static Stream<Instant> ends(DesiredApplication application) {
        return Stream.concat(
                application.needed().flatMap(it -> Stream.concat(retirements(it), it.attested().ends().stream())),
                application.prerequisites().stream()
                        .filter(DesiredPrerequisite::required)
                        .flatMap(it -> it.attested().ends().stream()));
    }

    private static Stream<Instant> retirements(DesiredPermission permission) {
        return permission.retirements().stream().map(Retirement::from);
    }

    private static Optional<Instant> first(Stream<Instant> times, Instant after) {
        return times.filter(it -> it.isAfter(after)).min(Instant::compareTo);
    }
}
