package dev.tenantops.onboarding.operator.network;

import java.net.InetAddress;

/** A CIDR range of IPv4 or IPv6 addresses. */
record AddressRange(InetAddress network, int prefixLength) {

    AddressRange {
        if (prefixLength < 0 || prefixLength > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("No prefix of " + network.getHostAddress() + " has this length");
        }
    }

    /** Reads {@code address/prefix}. */
    static AddressRange parse(String cidr) {
        var parts = cidr.split("/", -1);
        try {
            if (parts.length == 2) {
                return new AddressRange(InetAddress.ofLiteral(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            throw notACidr(cidr, e);
        }
        throw notACidr(cidr, null);
    }

    boolean contains(InetAddress address) {
        var mine = network.getAddress();
        var theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            var mask = 0x80 >> bit % Byte.SIZE;
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException notACidr(String cidr, Throwable cause) {
        return new IllegalArgumentException(
                "\"" + cidr + "\" is not a CIDR range such as 10.20.0.0/16 or fd00::/8", cause);
    }
}
