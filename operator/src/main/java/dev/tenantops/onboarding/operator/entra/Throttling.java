package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Remembers {@code Retry-After}: leaves a tenant alone for as long as Entra ID or Microsoft Graph asked to, whatever brings
 * a check before. Limits are per application and tenant. Source:
 * https://learn.microsoft.com/graph/throttling-limits
 */
final class Throttling {

    private final Ticker ticker;
    private final Cache<Key, Wait> waits;

    private record Key(CloudEndpoints cloud, String tenantId, String verifier) {

        static Key of(TenantQuery query) {
            return new Key(query.cloud(), query.tenantId(), query.verifier().clientId());
        }
    }

    /** @param since when it was asked for, as the ticker has it */
    private record Wait(Failure failure, Duration time, long since) {}

    Throttling(Ticker ticker) {
        this.ticker = ticker;
        this.waits = Caffeine.newBuilder()
                .expireAfter(Expiry.<Key, Wait>writing((key, wait) -> wait.time()))
                .ticker(ticker)
                .build();
    }

    /** What was asked for and is not over. */
    Optional<Failure> failure(TenantQuery query) {
        return Optional.ofNullable(waits.getIfPresent(Key.of(query)))
                .flatMap(it -> left(it).map(left -> Failure.of(
                                it.failure().reason(),
                                it.failure().message(),
                                it.failure().remedy())
                        .withRetryAfter(Optional.of(left))));
    }

    void note(TenantQuery query, TenantObservation observation) {
        failures(observation)
                .filter(it -> it.retryAfter().filter(Duration::isPositive).isPresent())
                .max(Comparator.comparing(it -> it.retryAfter().orElseThrow()))
                .ifPresent(it ->
                        waits.put(Key.of(query), new Wait(it, it.retryAfter().orElseThrow(), ticker.read())));
    }

    private Optional<Duration> left(Wait wait) {
        return Optional.of(wait.time().minusNanos(ticker.read() - wait.since())).filter(Duration::isPositive);
    }

    private static Stream<Failure> failures(TenantObservation observation) {
        var ofApplications = observation.applications().ifComplete().map(Map::values).stream()
                .flatMap(it -> it.stream().flatMap(Throttling::readings));
        return Stream.concat(
                Stream.concat(Stream.of(observation.applications(), observation.resources()), ofApplications)
                        .flatMap(it -> it.ifFailed().stream()),
                observation.definitionsUnreadable());
    }

    private static Stream<Reading<?>> readings(ApplicationObservation application) {
        return Stream.of(application.appRoleAssignments(), application.delegatedGrants());
    }
}
