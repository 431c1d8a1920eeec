package dev.tenantops.onboarding.operator.consent;

import java.net.URI;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and proves the links to administrators' pages. Whoever has one sees the page, so nobody can guess one: it is signed
 * with a key that the operator and the page share. Its token is, in base64url without padding, the uid (16 bytes), the
 * version (4), the end in seconds since 1970 or 0 (8), the number of the key (4), and the HMAC-SHA256 of all of these (32).
 */
public final class PageLinks {

    /** The path of the pages, below which each has its token. */
    public static final String PATH = "/onboarding/";

    private static final int SIGNED = 16 + 4 + 8 + 4;
    private static final int SIGNATURE = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** The length of each token, in characters. */
    public static final int TOKEN_LENGTH =
            ENCODER.encodeToString(new byte[SIGNED + SIGNATURE]).length();

    private final URI publicUrl;
    private final Supplier<PageKeys> keys;

    /**
     * @param publicUrl where browsers reach the page, without a trailing slash
     * @param keys those that are known now
     */
    public PageLinks(URI publicUrl, Supplier<PageKeys> keys) {
        this.publicUrl = publicUrl;
        this.keys = keys;
    }

    /** The address of a page; empty while there is no key, and for a uid that no API server gives. */
    public Optional<URI> url(PageLink link) {
        return token(link).map(it -> URI.create(publicUrl + PATH + it));
    }

    /** The token of a link; empty while there is no key. */
    public Optional<String> token(PageLink link) {
        var known = keys.get();
        return uuid(link.uid())
                .flatMap(uid ->
                        known.signing().flatMap(number -> known.key(number).map(key -> token(uid, link, number, key))));
    }

    /** What a token is good for; empty for one that none of the keys has signed. */
    public Optional<PageLink> verify(String token) {
        return signed(token).map(Signed::link);
    }

    /** The address for a status, which may have one already. */
    public PageAddress address(PageLink link, Optional<String> previous) {
        var known = keys.get();
        if (known.isEmpty()) {
            // Nobody can tell whether the previous one is good, and what cannot be read takes nothing away.
            return new PageAddress(previous, true);
        }
        var signed = previous.filter(it -> it.startsWith(publicUrl + PATH))
                .flatMap(it -> signed(it.substring((publicUrl + PATH).length())))
                .filter(it -> it.link().equals(link));
        // One of a newer key is of another replica, which knows it already.
        return signed.filter(it -> it.key() >= known.signing().orElseThrow()).isPresent()
                ? new PageAddress(previous, true)
                : new PageAddress(url(link).map(URI::toString), signed.isPresent());
    }

    private record Signed(PageLink link, int key) {}

    private Optional<Signed> signed(String token) {
        if (token.length() != TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        // Another spelling of the same bytes is not the link that was given out.
        if (bytes.length != SIGNED + SIGNATURE || !ENCODER.encodeToString(bytes).equals(token)) {
            return Optional.empty();
        }
        var content = ByteBuffer.wrap(bytes);
        var uid = new UUID(content.getLong(), content.getLong());
        var version = content.getInt();
        var end = content.getLong();
        var number = content.getInt();
        var signature = Arrays.copyOfRange(bytes, SIGNED, bytes.length);
        return keys.get()
                .key(number)
                .filter(it -> MessageDigest.isEqual(signature, signature(it, Arrays.copyOf(bytes, SIGNED))))
                .map(_ -> new Signed(new PageLink(uid.toString(), version, end(end)), number));
    }

    private static Optional<Instant> end(long seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private static Optional<UUID> uuid(String uid) {
        try {
            return Optional.of(UUID.fromString(uid)).filter(it -> it.toString().equals(uid));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String token(UUID uid, PageLink link, int number, SecretKeySpec key) {
        var content = ByteBuffer.allocate(SIGNED)
                .putLong(uid.getMostSignificantBits())
                .putLong(uid.getLeastSignificantBits())
                .putInt(link.version())
                .putLong(link.end().map(Instant::getEpochSecond).orElse(0L))
                .putInt(number)
                .array();
        return ENCODER.encodeToString(ByteBuffer.allocate(SIGNED + SIGNATURE)
                .put(content)
                .put(signature(key, content))
                .array());
    }

    private static byte[] signature(SecretKeySpec key, byte[] content) {
        try {
            var mac = Mac.getInstance(PageKeys.ALGORITHM);
            mac.init(key);
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Links cannot be signed", e);
        }
    }
}
