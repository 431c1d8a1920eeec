package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.verdict.CatalogReading;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What became of a look at a tenant and at the endpoints. */
sealed interface Observed {

    Readings readings();

    /**
     * Every tenant answered as it was known to.
     *
     * @param endpoints what is known about the endpoints
     * @param later makes readings of the answers, for whoever needs them all the same
     */
    record Unchanged(List<EndpointVerdict> endpoints, Supplier<Readings> later) implements Observed {

        @Override
        public Readings readings() {
            return later.get();
        }
    }

    /**
     * What one check saw.
     *
     * @param readAt when it began to look
     * @param desired what it looked for
     * @param tenant what the verifier of each catalog read; nothing while suspended
     * @param endpoints what is known about the endpoints
     */
    record Readings(
            Instant readAt,
            DesiredOnboarding desired,
            Map<String, CatalogReading> tenant,
            List<EndpointVerdict> endpoints)
            implements Observed {

        @Override
        public Readings readings() {
            return this;
        }

        /** What the customer calls its organization, as far as one of the verifiers could read it. */
        Optional<String> organizationName() {
            return tenant.values().stream()
                    .flatMap(it -> it.first().organizationName().stream())
                    .findFirst();
        }

        /** By catalog; none where one of them has none, so that others would not tell enough. */
        Map<String, Fingerprint> fingerprints() {
            return tenant.values().stream().allMatch(it -> it.fingerprint().isPresent())
                    ? tenant.entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey,
                                    it -> it.getValue().fingerprint().orElseThrow()))
                    : Map.of();
        }
    }
}
