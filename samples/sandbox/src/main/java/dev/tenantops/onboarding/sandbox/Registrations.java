package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.ApplicationRegistration.RequestedPermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a vendor registered with Microsoft so that a catalog comes true. */
final class Registrations {

    /** Where the vendors' own registrations live. */
    private static final String PUBLISHER_TENANT = "9b115e50-0000-4000-8000-000000000000";

    private static final RequestedPermission READ_DIRECTORY =
            new RequestedPermission("MicrosoftGraph", PermissionType.Application, "Directory.Read.All");

    private Registrations() {}

    /**
     * The verifier and the applications of a catalog. They ask for the needed permissions, and not for the optional ones.
     *
     * @param secret the verifier's client secret
     * @param redirectUri where Microsoft sends the browser back to
     */
    static List<ApplicationRegistration> of(ApplicationCatalog catalog, String secret, String redirectUri) {
        ApplicationRegistration verifier = new ApplicationRegistration(
                catalog.getSpec().verifier().clientId(),
                catalog.getSpec().publisher() + " onboarding verifier",
                PUBLISHER_TENANT,
                List.of(READ_DIRECTORY),
                List.of(redirectUri),
                Set.of(secret));
        return Stream.concat(
                        Stream.of(verifier),
                        catalog.getSpec().applications().stream()
                                .filter(it -> it.clientId() != null)
                                .map(it -> new ApplicationRegistration(
                                        it.clientId(),
                                        it.displayName(),
                                        PUBLISHER_TENANT,
                                        permissions(it),
                                        List.of(redirectUri),
                                        Set.of())))
                .toList();
    }

    private static List<RequestedPermission> permissions(Application application) {
        return application.permissions().stream()
                .flatMap(resource -> Stream.concat(
                        resource.delegated().stream()
                                .map(value ->
                                        new RequestedPermission(resource.resource(), PermissionType.Delegated, value)),
                        resource.application().stream()
                                .map(value -> new RequestedPermission(
                                        resource.resource(), PermissionType.Application, value))))
                .toList();
    }
}
