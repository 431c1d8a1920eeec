package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the registration of an application, in its publisher's own tenant, has to be so that customers can consent to it.
 *
 * @param application its name in the catalog; empty for the verifier
 * @param clientId its appId, in lower case
 * @param replyUrl where its consent returns to, if to anywhere
 * @param permissions what it has to request; of the verifier that is not the catalog's to say
 */
public record DesiredRegistration(
        Optional<String> application, String clientId, Optional<String> replyUrl, List<DesiredPermission> permissions) {

    public DesiredRegistration {
        permissions = List.copyOf(permissions);
    }

    /**
     * The registrations that a catalog needs: those of its applications in their order, and its verifier's.
     *
     * @param callback where consent returns to if the catalog names no reply URL
     */
    public static List<DesiredRegistration> of(ApplicationCatalogSpec catalog, Optional<URI> callback) {
        var replyUrl = Optional.ofNullable(catalog.redirectUri()).or(() -> callback.map(URI::toString));
        return Stream.concat(
                        catalog.applications().stream()
                                .filter(it -> it.clientId() != null && it.action() == null)
                                .map(it -> of(it, replyUrl)),
                        Stream.of(new DesiredRegistration(
                                Optional.empty(),
                                catalog.verifier().clientId().toLowerCase(Locale.ROOT),
                                replyUrl,
                                List.of())))
                .toList();
    }

    private static DesiredRegistration of(Application application, Optional<String> replyUrl) {
        return new DesiredRegistration(
                Optional.of(application.name()),
                application.clientId().toLowerCase(Locale.ROOT),
                replyUrl,
                CatalogDemand.permissions(application).stream()
                        .filter(DesiredPermission::verifiable)
                        .toList());
    }

    /** How people know it. */
    public String title() {
        return application.orElse("the verifier");
    }
}
