package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Authority;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import okhttp3.Dns;

/** Asks for names as they are, and not first below each search domain of the cluster, as pods would. */
final class AbsoluteDns implements Dns {

    private final Dns dns;
    private final Predicate<String> pinned;

    AbsoluteDns(Dns dns) {
        this(dns, AbsoluteDns::inHostsFile);
    }

    /** @param pinned which names the hosts file has; there they have no dot at the end */
    AbsoluteDns(Dns dns, Predicate<String> pinned) {
        this.dns = dns;
        this.pinned = pinned;
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        return dns.lookup(pinned.test(name) ? name : Authority.absolute(name));
    }

    private static boolean inHostsFile(String name) {
        return HostsFileEntriesResolver.DEFAULT.address(name, ResolvedAddressTypes.IPV4_PREFERRED) != null;
    }
}
