package dev.tenantops.onboarding.operator.page;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whom a request is from: whoever connected, or where that is a proxy of ours, whom the proxies say. What a client says of
 * itself stands left of what they add, so the list is read from its end, up to the first that is none of them.
 */
public final class ClientAddress {

    private static final int MOST_HOPS = 32;
    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final List<IpSubnetFilterRule> proxies;

    /**
     * @param proxies addresses and networks, as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException for what is neither
     */
    public ClientAddress(List<String> proxies) {
        this.proxies = proxies.stream().map(ClientAddress::network).toList();
    }

    /**
     * What requests are counted by.
     *
     * @param peer whoever connected
     * @param forwarded the values of {@code X-Forwarded-For}, in the order of the headers
     */
    String of(String peer, List<String> forwarded) {
        var address = address(peer);
        if (address.isEmpty()) {
            return "";
        }
        var hops = Arrays.stream(String.join(",", forwarded).split(",", -1)).toList();
        var client = address.get();
        for (int index = hops.size() - 1; index >= Math.max(0, hops.size() - MOST_HOPS) && isProxy(client); index--) {
            var before = address(hops.get(index).strip());
            if (before.isEmpty()) {
                break;
            }
            client = before.get();
        }
        return counted(client);
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(it -> it.matches(new InetSocketAddress(address, 0)));
    }

    /** Whoever has an IPv6 address has 2^64 of them. */
    private static String counted(InetAddress address) {
        var bytes = address.getAddress();
        return HexFormat.of().formatHex(bytes.length == IPV6_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    /** Without asking the DNS for what is no address. */
    private static Optional<InetAddress> address(String text) {
        var bytes = text.length() <= IPV6_BITS ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException _) {
            return Optional.empty();
        }
    }

    private static IpSubnetFilterRule network(String text) {
        var slash = text.indexOf('/');
        var host = (slash < 0 ? text : text.substring(0, slash)).strip();
        var address = address(host);
        var most = host.contains(":") ? IPV6_BITS : IPV4_BITS;
        try {
            var bits = slash < 0
                    ? most
                    : Integer.parseInt(text.substring(slash + 1).strip());
            if (address.isPresent() && bits >= 0 && bits <= most) {
                return new IpSubnetFilterRule(address.get(), bits, IpFilterRuleType.ACCEPT);
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + text
                + "\" in onboarding.page.trusted-proxies is no address and no network. Write it as 10.0.0.0/8.");
    }
}
