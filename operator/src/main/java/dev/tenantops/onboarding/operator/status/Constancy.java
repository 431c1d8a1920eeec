package dev.tenantops.onboarding.operator.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.StateKind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * For how long the answers that a check got will give the same status, if they come again. It holds for a status that its
 * own check left as it was, but for the times of its evidence, while nothing in it waits for time: no loss to confirm, no
 * consent to spread, no mistake to stall, nothing unread, and no evidence to renew.
 */
public final class Constancy {

    private static final ObjectWriter JSON = new ObjectMapper().writer();

    private Constancy() {}

    /**
     * @param before the status that the check began with
     * @param after the one that it ended with
     * @return the time until when; empty where the next check has to judge in any case
     */
    public static Optional<Instant> until(
            TenantOnboardingStatus before,
            TenantOnboardingStatus after,
            OnboardingVerdict verdict,
            Duration freshness) {
        if (!withoutTimes(after).equals(withoutTimes(before)) || !restsOnThisCheck(verdict) || waits(after)) {
            return Optional.empty();
        }
        return Evidence.of(after).renewal(freshness);
    }

    /** A digest of a status; another one has another. */
    public static Fingerprint fingerprint(TenantOnboardingStatus status) {
        try {
            return Fingerprint.of(MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(status)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("A status cannot be told from others", e);
        }
    }

    private static TenantOnboardingStatus withoutTimes(TenantOnboardingStatus status) {
        return status.with(Times.NONE);
    }

    /**
     * Whether what is known of the endpoints gives the same entries. They are probed beside the checks, so it is no matter
     * of a tenant's answers; when they were probed counts for the time of the evidence only.
     */
    public static boolean same(List<EndpointVerdict> before, List<EndpointVerdict> now) {
        return before.size() == now.size()
                && IntStream.range(0, before.size()).allMatch(it -> same(before.get(it), now.get(it)));
    }

    private static boolean same(EndpointVerdict before, EndpointVerdict now) {
        return before instanceof EndpointVerdict.Probed one && now instanceof EndpointVerdict.Probed other
                ? one.endpoint().equals(other.endpoint())
                        && one.result().equals(other.result())
                        && one.settled() == other.settled()
                : before.equals(now);
    }

    private static boolean restsOnThisCheck(OnboardingVerdict verdict) {
        return verdict.problems().isEmpty()
                && verdict.endpoints().stream().allMatch(Constancy::rests)
                && verdict.verifiers().stream().allMatch(it -> it.failure().isEmpty())
                && verdict.applications().stream().allMatch(Constancy::rests)
                && verdict.former().stream().allMatch(FormerVerdict.Present.class::isInstance);
    }

    private static boolean rests(ApplicationVerdict verdict) {
        return switch (verdict) {
            case ApplicationVerdict.Proven proven ->
                proven.settled() && StateKind.of(proven.state()).rests();
            case ApplicationVerdict.NotVerifiable _ -> true;
            case ApplicationVerdict.Unread _ -> false;
        };
    }

    private static boolean rests(EndpointVerdict verdict) {
        return switch (verdict) {
            case EndpointVerdict.Probed probed -> probed.settled();
            case EndpointVerdict.NotProbed _ -> true;
            case EndpointVerdict.Pending _, EndpointVerdict.ReferenceNotReadable _ -> false;
        };
    }

    private static boolean waits(TenantOnboardingStatus status) {
        return status.applications().stream().anyMatch(Constancy::waits);
    }

    private static boolean waits(ApplicationStatus application) {
        return Stream.of(
                        application.vanishedTime(),
                        application.firstMissingTime(),
                        application.appearedTime(),
                        application.consentReturnedTime())
                .anyMatch(Objects::nonNull);
    }
}
