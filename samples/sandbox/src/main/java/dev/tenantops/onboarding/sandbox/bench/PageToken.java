package dev.tenantops.onboarding.sandbox.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The token of the link to an onboarding's page, made as {@code docs/administrator-page.md} says and without the operator. */
final class PageToken {

    private static final int SIGNED = 16 + 4 + 8 + 4;
    private static final int SIGNATURE = 32;

    private PageToken() {}

    /** Of the first version, without an end, signed with the first key. */
    static String of(String uid, byte[] key) {
        UUID id = UUID.fromString(uid);
        byte[] content = ByteBuffer.allocate(SIGNED)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(1)
                .putLong(0)
                .putInt(1)
                .array();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(SIGNED + SIGNATURE)
                            .put(content)
                            .put(mac.doFinal(content))
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
