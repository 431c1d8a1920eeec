package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the publisher's own tenant shows that would come of a consent, before its link is opened.
 *
 * @param catalog absent where it is not there, so that nothing is known
 */
record Preflight(Optional<ApplicationCatalog> catalog) {

    /**
     * Of a registration.
     *
     * @param clientId as the link has it: what was read of another registration says nothing of this one
     */
    List<Obstacle> of(Optional<String> clientId) {
        return clientId.flatMap(this::registration)
                .map(Preflight::obstacles)
                .orElse(Stream.of())
                .toList();
    }

    private Optional<RegistrationStatus> registration(String clientId) {
        return catalog.flatMap(it -> Optional.ofNullable(it.getStatus()))
                .flatMap(it -> it.registrations().stream()
                        .filter(one -> clientId.equalsIgnoreCase(one.clientId()))
                        .findFirst());
    }

    private static Stream<Obstacle> obstacles(RegistrationStatus registration) {
        return switch (registration.state()) {
            case Deleted -> Stream.of(Obstacle.RegistrationDeleted);
            case SingleTenant -> Stream.of(Obstacle.RegistrationSingleTenant);
            case NotFound -> Stream.of(Obstacle.RegistrationNotFound);
            case Registered ->
                Stream.concat(
                        Stream.ofNullable(registration.missingReplyUrl()).map(_ -> Obstacle.ReplyUrlMissing),
                        registration.notRequested().stream().limit(1).map(_ -> Obstacle.PermissionNotRequested));
        };
    }
}
