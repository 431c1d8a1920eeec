package dev.tenantops.onboarding.operator.network;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.operator.tls.PemBundle;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What is trusted thanks to a bundle of certificates, made once for each bundle and not for each probe. */
final class TrustedBundles {

    private static final Logger LOG = Logger.getLogger(TrustedBundles.class);

    /** Of all bundles together; parsed, they take several times as much. */
    private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    private static final Duration UNUSED = Duration.ofDays(1);

    private final TrustAnchors known;
    private final Cache<Content, Trusted> trusted = Caffeine.newBuilder()
            .expireAfterAccess(UNUSED)
            .maximumWeight(MOST_CHARACTERS)
            .weigher((Content content, Trusted _) -> content.length())
            .build();

    private record Content(String digest, int length) {}

    /**
     * What a bundle makes trusted.
     *
     * @param anchors empty if it has no readable certificate
     * @param remark what of it cannot be read, for people; empty if all can
     */
    record Trusted(Optional<TrustAnchors> anchors, String remark) {}

    /** @param known what is trusted on any way */
    TrustedBundles(TrustAnchors known) {
        this.known = known;
    }

    Trusted with(String pem) {
        return trusted.get(content(pem), _ -> made(pem));
    }

    private Trusted made(String pem) {
        var bundle = PemBundle.of(pem);
        if (!bundle.remark().isEmpty()) {
            LOG.warnf("Of the certificates that belong to a proxy %s. The others are used.", bundle.remark());
        }
        return new Trusted(
                Optional.of(bundle).filter(it -> !it.certificates().isEmpty()).map(known::and), bundle.remark());
    }

    private static Content content(String pem) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(pem.getBytes(StandardCharsets.UTF_8));
            return new Content(HexFormat.of().formatHex(digest), pem.length());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
