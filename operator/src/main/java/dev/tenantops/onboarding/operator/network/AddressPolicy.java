package dev.tenantops.onboarding.operator.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses probes may dial beside public ones, and which public ones they may not. Ranges are in CIDR form, such as
 * {@code 10.20.0.0/16} or {@code fd00::/8}. Where two contain an address the narrower one counts, and of two that are as
 * narrow the denial.
 *
 * @param allowed for all onboardings, although they are private, loopback or otherwise special
 * @param denied for all onboardings, although they look public
 * @param allowedIn for the onboardings of a namespace, by its name
 */
public record AddressPolicy(List<String> allowed, List<String> denied, Map<String, List<String>> allowedIn) {

    /** All addresses there are, for ways that only the operator's own configuration names. */
    public static final AddressPolicy ANY = allowing("0.0.0.0/0", "::/0");

    public AddressPolicy {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
        allowedIn = Map.copyOf(allowedIn);
    }

    public static AddressPolicy allowing(String... ranges) {
        return new AddressPolicy(List.of(ranges), List.of(), Map.of());
    }

    /**
     * @param namespaceRanges each as {@code namespace=range}
     * @throws IllegalArgumentException if one of these is not written so, or any range is none
     */
    public static AddressPolicy of(List<String> allowed, List<String> denied, List<String> namespaceRanges) {
        var allowedIn = namespaceRanges.stream()
                .map(AddressPolicy::split)
                .collect(Collectors.groupingBy(
                        it -> it[0], LinkedHashMap::new, Collectors.mapping(it -> it[1], Collectors.toList())));
        Stream.of(allowed, denied).flatMap(List::stream).forEach(AddressRange::parse);
        allowedIn.values().stream().flatMap(List::stream).forEach(AddressRange::parse);
        return new AddressPolicy(allowed, denied, allowedIn);
    }

    /** The rules of each namespace that has ranges of its own. */
    Map<String, AddressRules> rulesOfNamespaces() {
        return allowedIn.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        it -> new AddressRules(
                                Stream.concat(allowed.stream(), it.getValue().stream())
                                        .toList(),
                                denied)));
    }

    /** The rules of all others. */
    AddressRules rules() {
        return new AddressRules(allowed, denied);
    }

    private static String[] split(String namespaceRange) {
        var parts = namespaceRange.split("=", -1);
        if (parts.length != 2 || parts[0].isBlank()) {
            throw new IllegalArgumentException(
                    "\"" + namespaceRange + "\" is not a range of a namespace, such as customer-contoso=10.20.0.0/16");
        }
        return new String[] {parts[0].strip(), parts[1].strip()};
    }
}
