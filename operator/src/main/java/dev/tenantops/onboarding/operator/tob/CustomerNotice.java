package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.operator.plan.PlannedOnboarding;
import dev.tenantops.onboarding.operator.plan.PlannedOnboarding.PlannedApplication;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a customer's administrator has to be told of a change: to be sent on, after it is made. */
final class CustomerNotice {

    private CustomerNotice() {}

    /** Empty where the administrator has nothing to do. */
    static Optional<String> of(PlannedOnboarding onboarding) {
        var verifiers = onboarding.verifiers().stream()
                .filter(PlannedOnboarding.PlannedVerifier::replaced)
                .map(it -> "- The application that verifies what is granted (" + it.catalog() + ") is another one. A "
                        + it.grantableBy() + " grants it consent" + at(it.link()) + ".");
        var applications = onboarding.applications().stream()
                .filter(it -> it.needsConsent() || it.undecided())
                .map(CustomerNotice::line);
        var lines = java.util.stream.Stream.concat(verifiers, applications).toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("To the administrators of " + onboarding.title() + ":\n\n"
                + "A new version of the applications that you use needs your consent. Please open each link in a private"
                + " window, once the new version is there, and grant it for your whole organization:\n\n"
                + String.join("\n", lines) + "\n");
    }

    private static String line(PlannedApplication it) {
        var needs = it.needsConsent() ? it.needs() : it.needsUnlessHeld();
        return "- " + it.displayName()
                + (it.needsConsent() ? " needs " : " needs, unless you have granted it already, ")
                + needs.stream().map(Object::toString).collect(Collectors.joining(", "))
                + ". A " + it.grantableBy().orElse("Global Administrator") + " grants it" + at(it.link()) + ".";
    }

    private static String at(Optional<String> link) {
        return link.map(it -> " at <" + it + ">").orElse("");
    }
}
