package dev.tenantops.onboarding.operator.consent;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that the links to administrators' pages are signed with, by their number. The greatest signs; the others still
 * prove the links that they signed, so a new key is added first, and an old one removed once nobody has a link of it.
 */
public final class PageKeys {

    /** The algorithm of the links' signatures (RFC 2104, FIPS 180-4). */
    static final String ALGORITHM = "HmacSHA256";

    /** A key shorter than what it makes would be the easier thing to guess. */
    public static final int LEAST_BYTES = 32;

    public static final PageKeys NONE = new PageKeys(Map.of(), Set.of());

    private static final Pattern ENTRY = Pattern.compile("key-([1-9][0-9]{0,8})");

    private final TreeMap<Integer, SecretKeySpec> keys = new TreeMap<>();

    private final Optional<Integer> signing;

    private PageKeys(Map<Integer, byte[]> secrets, Set<Integer> arriving) {
        secrets.forEach((number, secret) -> keys.put(number, new SecretKeySpec(secret, ALGORITHM)));
        signing = keys.descendingKeySet().stream()
                .filter(it -> !arriving.contains(it))
                .findFirst()
                .or(() -> keys.descendingKeySet().stream().findFirst());
    }

    /**
     * @param secrets by number, each of {@link #LEAST_BYTES} at least
     * @param arriving which of them may not be everywhere yet, and sign nothing while there is another
     */
    public static PageKeys of(Map<Integer, byte[]> secrets, Set<Integer> arriving) {
        secrets.forEach((number, secret) -> {
            if (number < 1 || secret.length < LEAST_BYTES) {
                throw new IllegalArgumentException(
                        "key-" + number + " has " + secret.length + " bytes, and needs " + LEAST_BYTES);
            }
        });
        return new PageKeys(secrets, arriving);
    }

    /** The number of the key that an entry of the Secret holds, which is called {@code key-<number>}. */
    public static Optional<Integer> number(String entry) {
        var matcher = ENTRY.matcher(entry);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The number of the key that signs. */
    Optional<Integer> signing() {
        return signing;
    }

    Optional<SecretKeySpec> key(int number) {
        return Optional.ofNullable(keys.get(number));
    }

    /** Their numbers, and nothing else. */
    @Override
    public String toString() {
        return "PageKeys" + keys.keySet();
    }
}
