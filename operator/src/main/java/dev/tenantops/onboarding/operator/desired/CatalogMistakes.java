package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.AllowedNamespaces;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Endpoint;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.ForeignValue;
import dev.tenantops.onboarding.api.UrlPattern;
import dev.tenantops.onboarding.operator.desired.SpecProblem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The mistakes in a catalog that show without any tenant. The definition rejects them at apply; but an object may be
 * older than a rule, and a definition may be older, or newer, than the operator.
 */
public final class CatalogMistakes {

    /** What has no entry of its own that could be left alone: it may be anything. */
    private static final Pattern ANYTHING = Pattern.compile("|/(applications|plans)(/[0-9]+)?");

    private static final Pattern REPLY = Pattern.compile(UrlPattern.REPLY);

    private CatalogMistakes() {}

    /** All of them, for the catalog's own status. */
    public static List<SpecProblem> of(ApplicationCatalogSpec spec) {
        return Stream.of(
                        spec.foreign().stream().map(CatalogMistakes::told),
                        unusable(spec).filter(_ -> spec.foreign().isEmpty()).stream(),
                        cloudName(spec).stream(),
                        redirectUri(spec).stream(),
                        spec.applications().stream().flatMap(it -> unverified(it).stream()),
                        spec.endpoints().stream().flatMap(it -> endpoint(it).stream()),
                        spec.applications().stream().flatMap(RetirementMistakes::of))
                .flatMap(it -> it)
                .map(it -> new SpecProblem(Reason.InvalidSpec, it))
                .toList();
    }

    /** Why nothing of a catalog can be served. */
    static Optional<String> unusable(ApplicationCatalogSpec spec) {
        return Stream.of(
                        foreign(spec, "/cloud"),
                        foreign(spec, "/allowedNamespaces"),
                        foreign(spec, "/verifier"),
                        spec.foreign().stream()
                                .filter(it -> ANYTHING.matcher(it.pointer()).matches())
                                .map(CatalogMistakes::told),
                        allowedNamespaces(spec.allowedNamespaces()).stream(),
                        spec.verifier().clientId().isBlank()
                                ? Stream.of("spec.verifier.clientId is missing. Add it.")
                                : Stream.<String>empty())
                .flatMap(it -> it)
                .findFirst();
    }

    /** What is foreign at or below a pointer. */
    static Stream<String> foreign(ApplicationCatalogSpec spec, String pointer) {
        return spec.foreign().stream().filter(it -> it.within(pointer)).map(CatalogMistakes::told);
    }

    static String told(ForeignValue foreign) {
        return foreign.field() + " has the value " + foreign.value() + ", which this version of the operator does not"
                + " know. Correct it, or upgrade the operator.";
    }

    /** It has no effect there, and whoever wrote it wants another cloud than the operator takes. */
    private static Optional<String> cloudName(ApplicationCatalogSpec spec) {
        return Optional.ofNullable(spec.cloudName())
                .filter(_ -> spec.cloud() != Cloud.Custom)
                .map(it -> "spec.cloudName is " + it + ", and spec.cloud is " + spec.cloud()
                        + ", which the operator takes. Write cloud: Custom with it, or leave it out.");
    }

    /** The links are built with it all the same, since only Microsoft knows what the applications have registered. */
    private static Optional<String> redirectUri(ApplicationCatalogSpec spec) {
        return Optional.ofNullable(spec.redirectUri())
                .filter(it -> !REPLY.matcher(it).matches())
                .map(it -> "spec.redirectUri " + it + " can be no reply URL. Write an https URL that the applications"
                        + " have registered, as it stands: without wildcards, placeholders or a fragment.");
    }

    /** Permissions that nobody can look for. */
    private static Optional<String> unverified(Application application) {
        return Optional.of(application)
                .filter(it -> it.clientId() == null && !it.permissions().isEmpty())
                .map(it -> "spec.applications, " + it.name() + " has permissions and no clientId, so they are not"
                        + " verified. Add the clientId of the application that asks for them, or leave them out.");
    }

    /** Why an endpoint is not dialled. */
    private static Optional<String> endpoint(Endpoint endpoint) {
        return DialledUrl.mistake(endpoint)
                .map(it -> "spec.endpoints, " + endpoint.name() + ": " + it + " " + DialledUrl.CORRECTION);
    }

    private static Optional<String> allowedNamespaces(AllowedNamespaces allowed) {
        return switch (allowed.from()) {
            case null -> Optional.of("spec.allowedNamespaces.from is missing. Write All or Selector.");
            case All -> Optional.empty();
            case Selector -> {
                var mistakes = new ArrayList<String>();
                if (allowed.selector() == null) {
                    mistakes.add("is missing. Add it, or write from: All");
                } else {
                    mistakes.addAll(LabelSelectors.mistakes(allowed.selector()));
                }
                yield mistakes.stream()
                        .findFirst()
                        .map(it -> "spec.allowedNamespaces.selector " + it + ". Until then it allows no namespace.");
            }
        };
    }
}
