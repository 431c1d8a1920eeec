package dev.tenantops.onboarding.operator.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses a probe may dial. Whoever may write a resource must not be able to explore the cluster's own network
 * with it, so special addresses (the IANA special-purpose registries) are refused unless the operator's configuration
 * allows their range. Ranges of a cluster that look public nobody but the configuration can know.
 */
final class AddressRules {

    private static final List<AddressRange> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    // Azure's host services; the address looks public.
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    // A part of it is what Istio gives to external names where it answers DNS.
                    "240.0.0.0/4",
                    "::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/32",
                    // Istio's for external names, as 240.240.0.0/16 is.
                    "2001:2::/48",
                    "2001:10::/28",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(AddressRange::parse)
            .toList();

    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    private final List<AddressRange> allowed;
    private final List<AddressRange> denied;

    /** @throws IllegalArgumentException if one of them is not a CIDR range */
    AddressRules(List<String> allowedRanges, List<String> deniedRanges) {
        allowed = allowedRanges.stream().map(AddressRange::parse).toList();
        denied = deniedRanges.stream().map(AddressRange::parse).toList();
    }

    /** The narrowest range that contains an address decides; one that nobody named, whether it is special. */
    boolean permit(InetAddress address) {
        var allowance = narrowest(allowed, address);
        var denial = narrowest(denied, address);
        return allowance > denial
                || denial < 0
                        && !contained(SPECIAL, address)
                        && embedded(address).map(this::permit).orElse(true);
    }

    /** The length of its prefix, or less than any if there is none. */
    private static int narrowest(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream()
                .filter(it -> it.contains(address))
                .mapToInt(AddressRange::prefixLength)
                .max()
                .orElse(-1);
    }

    /** The IPv4 address that a translator would dial in the end. */
    private static Optional<InetAddress> embedded(InetAddress address) {
        if (NAT64.contains(address)) {
            return Optional.of(ipv4(address, 12));
        }
        return SIX_TO_FOUR.contains(address) ? Optional.of(ipv4(address, 2)) : Optional.empty();
    }

    private static InetAddress ipv4(InetAddress address, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are always an IPv4 address", e);
        }
    }

    private static boolean contained(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(it -> it.contains(address));
    }
}
