package dev.tenantops.onboarding.sandbox.chaos.check;

import dev.tenantops.onboarding.sandbox.chaos.customer.Customer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a status has to be once nothing is in the way any more: the truth, all of it, and nothing else. */
final class Settled {

    private static final String UNLICENSED = "NoLongerLicensed";

    private Settled() {}

    /** What is wrong; empty if nothing is. */
    static Optional<String> wrong(Customer customer, Observed observed, Instant now) {
        StoredStatus status = observed.latest();
        if (!status.tenantId().equals(customer.tenantId())) {
            return Optional.of("it is of another tenant");
        }
        if (!status.current()) {
            return Optional.of("it speaks of another generation");
        }
        return Stream.of(
                        licensed(customer, observed, status),
                        others(customer, status),
                        conditions(customer, status),
                        validity(status, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> licensed(Customer customer, Observed observed, StoredStatus status) {
        Map<String, String> states = status.applications();
        return customer.applications().stream()
                .filter(it -> !customer.consent(it).allows(states.getOrDefault(it, "absent"), observed.everGranted(it)))
                .findFirst()
                .map(it -> "%s is %s, and really %s%s"
                        .formatted(
                                it,
                                states.getOrDefault(it, "absent"),
                                customer.consent(it),
                                observed.everGranted(it) ? ", and was Granted" : ""));
    }

    private static Optional<String> others(Customer customer, StoredStatus status) {
        return status.applications().entrySet().stream()
                .filter(it -> !customer.applications().contains(it.getKey()))
                .filter(it -> !it.getValue().equals(UNLICENSED))
                .findFirst()
                .map(it -> "nobody licenses %s, which is %s".formatted(it.getKey(), it.getValue()));
    }

    private static Optional<String> conditions(Customer customer, StoredStatus status) {
        String ready = Optional.ofNullable(status.conditions().get("Ready"))
                .map(StoredStatus.Condition::status)
                .orElse("absent");
        if (!ready.equals(customer.complete() ? "True" : "False")) {
            return Optional.of("Ready is " + ready);
        }
        return List.of("Stalled", "Reconciling").stream()
                .filter(status.conditions()::containsKey)
                .findFirst()
                .map(it ->
                        "it is still %s: %s".formatted(it, status.conditions().get(it)));
    }

    private static Optional<String> validity(StoredStatus status, Instant now) {
        Optional<Instant> until = status.time("validUntil");
        boolean valid = until.filter(it -> it.isAfter(now))
                .filter(it -> it.isBefore(now.plus(Allowances.FRESHNESS.multipliedBy(2))))
                .isPresent();
        return valid
                ? Optional.empty()
                : Optional.of(
                        "it is valid until " + until.map(Instant::toString).orElse("nobody knows when"));
    }
}
