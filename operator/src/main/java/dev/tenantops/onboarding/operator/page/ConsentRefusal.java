package dev.tenantops.onboarding.operator.page;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a consent page brought back instead of a consent. Its code decides what it means; the words beside a code, such as
 * {@code access_denied}, come with every kind of refusal. That somebody cancelled is only believed where no code says
 * otherwise.
 *
 * @param failure what it means
 * @param code its AADSTS number, which is all that is ever shown of what was brought back
 */
record ConsentRefusal(ConsentFailure failure, Optional<Integer> code) {

    private static final Pattern IN_DESCRIPTION = Pattern.compile("AADSTS([0-9]{4,9})(?![0-9])");
    private static final Pattern IN_ADDRESS = Pattern.compile("[?&]code=([0-9]{4,9})(?![0-9])");
    private static final Set<String> CANCELLED = Set.of("access_denied", "permission_denied");
    private static final Set<String> TRANSIENT = Set.of("server_error", "temporarily_unavailable");

    /**
     * Reads the parameters of an error.
     *
     * @param address the parameter {@code error_uri}, which names the code too
     */
    static ConsentRefusal of(String error, String subcode, String description, String address) {
        return Stream.of(IN_DESCRIPTION.matcher(description), IN_ADDRESS.matcher(address))
                .filter(Matcher::find)
                .findFirst()
                .map(it -> Integer.parseInt(it.group(1)))
                .map(it -> new ConsentRefusal(ConsentFailure.of(it).orElse(ConsentFailure.Other), Optional.of(it)))
                .orElseGet(() -> new ConsentRefusal(withoutCode(error, subcode), Optional.empty()));
    }

    private static ConsentFailure withoutCode(String error, String subcode) {
        if (subcode.equals("cancel") || CANCELLED.contains(error)) {
            return ConsentFailure.Cancelled;
        }
        return TRANSIENT.contains(error) ? ConsentFailure.Transient : ConsentFailure.Other;
    }

    /** What happened, with the code, by which whoever sent the link can look it up. */
    String explanation() {
        return failure.explanation()
                + code.map(it -> " Microsoft's code for it is AADSTS" + it + ".")
                        .orElse("");
    }
}
