package dev.tenantops.onboarding.operator.observe;

import java.nio.ByteBuffer;

/**
 * Tells the answers that one reading was made of from those of any other: a SHA-256 of what was asked, of every byte that
 * came back, and of whatever else was taken into account. Equal ones give equal observations.
 */
public record Fingerprint(long first, long second, long third, long fourth) {

    /** @param sha256 a digest of 32 bytes */
    public static Fingerprint of(byte[] sha256) {
        var bytes = ByteBuffer.wrap(sha256);
        return new Fingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }
}
