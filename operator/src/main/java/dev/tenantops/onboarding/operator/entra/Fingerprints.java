package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/** Makes the fingerprint of what a batch was answered with. The order of the answers and their headers do not matter. */
final class Fingerprints {

    private Fingerprints() {}

    /**
     * @param definitions which definitions were known beforehand, as text
     * @return empty where an item was not answered
     */
    static Optional<Fingerprint> of(List<BatchItem> items, List<Reading<JsonBody>> answers, String definitions) {
        var digest = sha256();
        add(digest, definitions);
        for (int item = 0; item < items.size(); item++) {
            if (!(answers.get(item) instanceof Reading.Complete<JsonBody>(JsonBody body))) {
                return Optional.empty();
            }
            add(digest, items.get(item).url());
            addLength(digest, body.length());
            body.addTo(digest);
        }
        return Optional.of(Fingerprint.of(digest.digest()));
    }

    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        addLength(digest, bytes.length);
        digest.update(bytes);
    }

    /** Without it what ends one part could as well begin the next. */
    private static void addLength(MessageDigest digest, int length) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (length >> shift));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
