package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** A secret that is planted, to see whether it comes out anywhere: as it is, URL-encoded, or inside of Base64. */
public record Canary(String value) {

    private static final int GROUP = 3;
    private static final int BITS_OF_A_BYTE = 8;
    private static final int BITS_OF_A_CHARACTER = 6;

    public void assertAbsentFrom(String where, String text) {
        for (String form : forms()) {
            assertThat(text.contains(form))
                    .as("%s shows the secret %s as %s:%n%s", where, value, form, text)
                    .isFalse();
        }
    }

    /** Every way in which it may be written. */
    Set<String> forms() {
        var forms = new LinkedHashSet<String>();
        forms.add(value);
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        for (int before = 0; before < GROUP; before++) {
            forms.add(inBase64(Base64.getEncoder(), before));
            forms.add(inBase64(Base64.getUrlEncoder(), before));
        }
        return forms;
    }

    /** What is the same whatever stands before and behind it. */
    private String inBase64(Base64.Encoder encoder, int before) {
        var text = "x".repeat(before) + value;
        var whole = encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
        var first = Math.ceilDiv(before * BITS_OF_A_BYTE, BITS_OF_A_CHARACTER);
        var last = text.length() * BITS_OF_A_BYTE / BITS_OF_A_CHARACTER;
        return whole.substring(first, last);
    }
}
