package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.Cloud;
import java.net.URI;
import java.util.Optional;

/**
 * Where a Microsoft cloud answers. Sources:
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud and
 * https://learn.microsoft.com/graph/deployments
 *
 * @param cloud the cloud
 * @param login the login service, without a path
 * @param graph Microsoft Graph, without a path; also the resource that tokens are asked for
 */
public record CloudEndpoints(Cloud cloud, URI login, URI graph) {

    /** The endpoints of a cloud; empty for {@link Cloud#Custom}, whose endpoints the operator's configuration has. */
    public static Optional<CloudEndpoints> of(Cloud cloud) {
        return switch (cloud) {
            case Global -> known(cloud, "https://login.microsoftonline.com", "https://graph.microsoft.com");
            case USGovernment -> known(cloud, "https://login.microsoftonline.us", "https://graph.microsoft.us");
            case USGovernmentDoD -> known(cloud, "https://login.microsoftonline.us", "https://dod-graph.microsoft.us");
            case China ->
                known(cloud, "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn");
            case Custom -> Optional.empty();
        };
    }

    private static Optional<CloudEndpoints> known(Cloud cloud, String login, String graph) {
        return Optional.of(new CloudEndpoints(cloud, URI.create(login), URI.create(graph)));
    }
}
