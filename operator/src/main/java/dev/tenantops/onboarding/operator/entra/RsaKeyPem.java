package dev.tenantops.onboarding.operator.entra;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** RSA private keys as PEM, in either form that programs write: PKCS#8, and PKCS#1 as cert-manager does by default. */
final class RsaKeyPem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:RSA )?PRIVATE KEY-----");

    /** The beginning of PKCS#8: version 0, and the algorithm rsaEncryption without parameters. Source: RFC 8017 appendix A. */
    private static final byte[] VERSION_AND_ALGORITHM =
            HexFormat.of().parseHex("020100" + "300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private RsaKeyPem() {}

    /** The first key of a text; empty if it has none, or one with a password. */
    static Optional<RSAPrivateKey> read(String pem) {
        var matcher = KEY.matcher(pem);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            var encoded = Base64.getMimeDecoder().decode(matcher.group(2));
            var pkcs8 = matcher.group(1) == null ? encoded : wrapped(encoded);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                            instanceof RSAPrivateKey key
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** PKCS#8 is PKCS#1 with its algorithm before it (RFC 5208 section 5), and the JDK reads that alone. */
    private static byte[] wrapped(byte[] pkcs1) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_AND_ALGORITHM);
        content.writeBytes(element(OCTET_STRING, pkcs1));
        return element(SEQUENCE, content.toByteArray());
    }

    /** One element in DER, whose length takes as few bytes as it can. */
    private static byte[] element(int tag, byte[] content) {
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < 0x80) {
            element.write(content.length);
        } else {
            var length = BigInteger.valueOf(content.length).toByteArray();
            // A leading zero would only say that the number is not negative.
            var from = length[0] == 0 ? 1 : 0;
            element.write(0x80 | length.length - from);
            element.write(length, from, length.length - from);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
