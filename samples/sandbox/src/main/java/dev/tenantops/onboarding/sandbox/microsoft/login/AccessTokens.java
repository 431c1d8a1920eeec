package dev.tenantops.onboarding.sandbox.microsoft.login;

import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The tokens that were issued. Clients must not look into them; the server does not either, but remembers. */
public final class AccessTokens {

    /** An expired token is still told from an invented one for this long. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final int SIGNATURE_BYTES = 256;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final Map<String, AccessToken> issued = new ConcurrentHashMap<>();
    private final Queue<Issued> oldest = new ConcurrentLinkedQueue<>();

    private record Issued(String text, Instant forgottenAt) {}

    /**
     * What a token stands for, fixed when it was issued.
     *
     * @param servicePrincipalId the client's object id, or null where it had none
     * @param roles values of the resource's app roles
     */
    public record AccessToken(
            String tenantId,
            String clientId,
            String servicePrincipalId,
            String resourceAppId,
            SortedSet<String> roles,
            Instant expires) {

        public AccessToken {
            roles = Collections.unmodifiableSortedSet(roles);
        }
    }

    /** @param audience the resource as the client named it */
    String issue(AccessToken token, String audience, Instant now) {
        forgetOld(now);
        String text = BASE64.encodeToString(header()) + "." + BASE64.encodeToString(claims(token, audience, now)) + "."
                + BASE64.encodeToString(signature());
        issued.put(text, token);
        oldest.add(new Issued(text, token.expires().plus(REMEMBERED)));
        return text;
    }

    public Optional<AccessToken> find(String text) {
        return Optional.ofNullable(issued.get(text));
    }

    private void forgetOld(Instant now) {
        for (Issued head = oldest.peek(); head != null && head.forgottenAt().isBefore(now); head = oldest.peek()) {
            if (oldest.remove(head)) {
                issued.remove(head.text());
            }
        }
    }

    /** Random, so that nobody can take the token for one that verifies. */
    private byte[] signature() {
        byte[] signature = new byte[SIGNATURE_BYTES];
        random.nextBytes(signature);
        return signature;
    }

    private static byte[] header() {
        return "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"simulator\"}".getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] claims(AccessToken token, String audience, Instant now) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("aud", audience);
            json.writeStringField("iss", "https://sts.windows.net/" + token.tenantId() + "/");
            json.writeNumberField("iat", now.getEpochSecond());
            json.writeNumberField("nbf", now.getEpochSecond());
            json.writeNumberField("exp", token.expires().getEpochSecond());
            json.writeStringField("appid", token.clientId());
            json.writeStringField("appidacr", "1");
            json.writeStringField("idtyp", "app");
            if (token.servicePrincipalId() != null) {
                json.writeStringField("oid", token.servicePrincipalId());
                json.writeStringField("sub", token.servicePrincipalId());
            }
            if (!token.roles().isEmpty()) {
                json.writeArrayFieldStart("roles");
                for (String role : token.roles()) {
                    json.writeString(role);
                }
                json.writeEndArray();
            }
            json.writeStringField("tid", token.tenantId());
            json.writeStringField("uti", UUID.randomUUID().toString());
            json.writeStringField("ver", "1.0");
            json.writeEndObject();
        });
    }
}
