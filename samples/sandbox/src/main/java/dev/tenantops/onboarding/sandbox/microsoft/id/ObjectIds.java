package dev.tenantops.onboarding.sandbox.microsoft.id;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/** Ids of directory objects, deterministic so that a run can be repeated, in the forms that Graph uses. */
public final class ObjectIds {

    private static final int GUID_BYTES = 16;

    private ObjectIds() {}

    /** @param incarnation differs after a service principal was removed for good and came back */
    public static String servicePrincipal(String tenantId, String appId, int incarnation) {
        return guid(tenantId, appId, Integer.toString(incarnation));
    }

    /** A GUID that always belongs to these names. */
    public static String guid(String... names) {
        ByteBuffer hash = ByteBuffer.wrap(hash(names));
        long high = hash.getLong() & 0xffffffffffff0fffL | 0x4000L;
        long low = hash.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /**
     * The principal's id and 16 more bytes: 43 characters, as decoded from the examples of
     * https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments
     */
    public static String appRoleAssignment(String principalId, String resourceId, String appRoleId) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * GUID_BYTES);
        putGuid(bytes, principalId);
        bytes.put(hash(principalId, resourceId, appRoleId), 0, GUID_BYTES);
        return base64Url(bytes);
    }

    /** The client's and the resource's id (43 characters), and the user's for a grant to one user (64 characters). */
    public static String delegatedGrant(String clientId, String resourceId, String userId) {
        ByteBuffer bytes = ByteBuffer.allocate((userId == null ? 2 : 3) * GUID_BYTES);
        putGuid(bytes, clientId);
        putGuid(bytes, resourceId);
        if (userId != null) {
            putGuid(bytes, userId);
        }
        return base64Url(bytes);
    }

    /** Microsoft's byte order: the first three groups are little-endian. */
    private static void putGuid(ByteBuffer bytes, String guid) {
        UUID id = UUID.fromString(guid);
        long high = id.getMostSignificantBits();
        bytes.order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (high >>> 32))
                .putShort((short) (high >>> 16))
                .putShort((short) high);
        bytes.order(ByteOrder.BIG_ENDIAN).putLong(id.getLeastSignificantBits());
    }

    private static String base64Url(ByteBuffer bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static byte[] hash(String... names) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join("|", names).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
