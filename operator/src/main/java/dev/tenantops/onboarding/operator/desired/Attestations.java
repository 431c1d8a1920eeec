package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Attestation;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts what a spec attests to what it is about, and finds what is about nothing. */
final class Attestations {

    private static final Pattern PERMISSION = Pattern.compile("(?s)([^/]+)/(Delegated|Application)/(.+)");

    private final List<Attestation> attestations;

    Attestations(List<Attestation> attestations) {
        this.attestations = attestations;
    }

    /** The same catalogs, with what is attested of them. */
    List<DesiredCatalog> put(List<DesiredCatalog> catalogs) {
        return attestations.isEmpty()
                ? catalogs
                : catalogs.stream()
                        .map(it -> it.with(
                                it.applications().stream().map(this::attested).toList()))
                        .toList();
    }

    /**
     * Why attestations do not count, whatever the time is.
     *
     * @param problems why it is not known of some catalogs what the licences bring: of these nothing is said
     */
    List<String> mistakes(List<DesiredCatalog> catalogs, List<SpecProblem> problems) {
        var mistakes = new ArrayList<String>();
        for (int i = 0; i < attestations.size(); i++) {
            var attestation = attestations.get(i);
            var field = "spec.attestations[" + i + "]";
            if (problems.stream()
                    .noneMatch(it -> it.unresolved()
                            .filter(attestation.catalog()::equals)
                            .isPresent())) {
                mistake(attestation, catalogs).ifPresent(it -> mistakes.add(field + " does not count: " + it));
            }
        }
        return List.copyOf(mistakes);
    }

    private DesiredApplication attested(DesiredApplication application) {
        var mine = attestations.stream().filter(it -> names(it, application)).toList();
        return mine.isEmpty()
                ? application
                : application.with(
                        application.permissions().stream()
                                .map(it -> it.waivable()
                                        ? it.attested(times(mine, attestation -> names(attestation, it)))
                                        : it)
                                .toList(),
                        application.prerequisites().stream()
                                .map(it -> it.attested(
                                        times(mine, attestation -> it.name().equals(attestation.prerequisite()))))
                                .toList());
    }

    private static AttestationTimes times(List<Attestation> attestations, Predicate<Attestation> wanted) {
        return new AttestationTimes(attestations.stream()
                .filter(wanted)
                .flatMap(it -> AttestationTimes.parse(it.until()).stream())
                .toList());
    }

    private static Optional<String> mistake(Attestation attestation, List<DesiredCatalog> catalogs) {
        var catalog = catalogs.stream()
                .filter(it -> it.name().equals(attestation.catalog()))
                .findFirst();
        if (catalog.isEmpty()) {
            return Optional.of("no licence names the catalog " + attestation.catalog() + ". Correct it, or remove the"
                    + " attestation.");
        }
        var application = catalog.get().applications().stream()
                .filter(it -> names(attestation, it))
                .findFirst();
        if (application.isEmpty()) {
            return Optional.of("the licences bring no application " + attestation.application() + " of the catalog "
                    + attestation.catalog() + ". Correct the name, or remove the attestation.");
        }
        if (AttestationTimes.parse(attestation.until()).isEmpty()) {
            return Optional.of("until is no time. Write one such as 2027-03-31T00:00:00Z.");
        }
        return attestation.permission() == null
                ? prerequisite(attestation, application.get())
                : permission(attestation, application.get());
    }

    private static Optional<String> prerequisite(Attestation attestation, DesiredApplication application) {
        return application.prerequisites().stream().anyMatch(it -> it.name().equals(attestation.prerequisite()))
                ? Optional.empty()
                : Optional.of("the application " + application.name() + " has no prerequisite "
                        + attestation.prerequisite() + " in the catalog " + application.catalog()
                        + known(application.prerequisites().stream().map(DesiredPrerequisite::name))
                        + " Correct the name, or remove the attestation.");
    }

    private static Optional<String> permission(Attestation attestation, DesiredApplication application) {
        var permission = application.permissions().stream()
                .filter(it -> names(attestation, it))
                .findFirst();
        if (permission.isEmpty()) {
            return Optional.of("the catalog " + application.catalog() + " does not ask for "
                    + attestation.permission() + " for the application " + application.name()
                    + ". Correct it, or remove the attestation.");
        }
        return permission.get().waivable()
                ? Optional.empty()
                : Optional.of("the catalog " + application.catalog() + " does not call " + attestation.permission()
                        + " of the application " + application.name() + " waivable, so nobody can do without it"
                        + known(application.permissions().stream()
                                .filter(DesiredPermission::waivable)
                                .map(DesiredPermission::compact))
                        + " Have it granted and remove the attestation, or have the catalog's owner list it under"
                        + " waivable.");
    }

    private static String known(Stream<String> names) {
        var all = names.toList();
        return all.isEmpty() ? "." : ", only " + String.join(", ", all) + ".";
    }

    private static boolean names(Attestation attestation, DesiredApplication application) {
        return application.catalog().equals(attestation.catalog())
                && application.name().equals(attestation.application());
    }

    private static boolean names(Attestation attestation, DesiredPermission permission) {
        var matcher =
                PERMISSION.matcher(Optional.ofNullable(attestation.permission()).orElse(""));
        return matcher.matches()
                && WellKnownResource.appIdOf(matcher.group(1)).equals(permission.resourceAppId())
                && PermissionType.valueOf(matcher.group(2))
                        == permission.permission().type()
                && matcher.group(3)
                        .toLowerCase(Locale.ROOT)
                        .equals(permission.permission().value().toLowerCase(Locale.ROOT));
    }
}
