package dev.tenantops.onboarding.operator.page.openid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.security.identity.SecurityIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Somebody who signed in.
 *
 * @param name what the provider calls the person, for the person's own eyes
 * @param groupsLeftOut whether the provider says that there were too many groups to name, as Microsoft Entra does of more than
 *     200: https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference#groups-overage-claim
 * @param endSession where the session with the provider is ended; empty where it has no such place
 * @param authorization where the provider asks people who they are
 * @param idToken what says so, for the provider alone
 */
public record Person(
        String name,
        List<String> groups,
        boolean groupsLeftOut,
        Optional<URI> endSession,
        Optional<URI> authorization,
        String idToken) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "configuration-metadata";
    private static final List<String> NAMES = List.of("name", "preferred_username", "email", "upn");

    public Person {
        groups = List.copyOf(groups);
    }

    /** Who it is; empty for somebody who has not signed in. */
    public static Optional<Person> of(SecurityIdentity identity, String groupsClaim) {
        return !identity.isAnonymous() && identity.getPrincipal() instanceof JsonWebToken token
                ? Optional.of(of(token, Optional.ofNullable(identity.getAttribute(METADATA)), groupsClaim))
                : Optional.empty();
    }

    private static Person of(JsonWebToken token, Optional<OidcConfigurationMetadata> provider, String groupsClaim) {
        var claims = claims(token);
        return new Person(
                NAMES.stream()
                        .flatMap(it -> texts(claims.path(it)).stream())
                        .filter(it -> !it.isBlank())
                        .findFirst()
                        .orElseGet(() -> claims.path("sub").asText()),
                texts(claim(claims, groupsClaim)),
                claims.path("_claim_names").has(groupsClaim)
                        || claims.path("hasgroups").asBoolean(),
                provider.map(OidcConfigurationMetadata::getEndSessionUri).map(URI::create),
                provider.map(OidcConfigurationMetadata::getAuthorizationUri).map(URI::create),
                token.getRawToken());
    }

    /** As the provider wrote them, since the library gives known names types of its own. It has verified them before. */
    private static JsonNode claims(JsonWebToken token) {
        try {
            return JSON.readTree(
                    Base64.getUrlDecoder().decode(token.getRawToken().split("\\.")[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("An ID token that was verified is no JSON", e);
        }
    }

    private static JsonNode claim(JsonNode claims, String path) {
        if (claims.has(path)) {
            return claims.path(path);
        }
        var value = claims;
        for (String name : path.split("/")) {
            value = value.path(name);
        }
        return value;
    }

    /** The texts of a claim, which is one text or a list of them. */
    private static List<String> texts(JsonNode value) {
        return (value.isArray() ? value.valueStream() : Stream.of(value))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }
}
