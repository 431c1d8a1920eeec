package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.Authority;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The names that the hosts file and the DNS servers of resolv.conf know, and of names that are not absolute its search
 * domains. The JDK's own look-up knows no timeout and holds a platform thread for each name; this one shares a single
 * thread among all.
 */
final class DnsNames implements NameLookup.Names, AutoCloseable {

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(3);
    private static final int NDOTS_OF_PODS = 5;

    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("probe-dns", true));
    private final DnsNameResolver resolver;

    DnsNames() {
        this(DnsServerAddressStreamProviders.platformDefault());
    }

    DnsNames(DnsServerAddressStreamProvider servers) {
        resolver = builder(servers).build();
    }

    /** @param searchDomains in place of those of resolv.conf, tried first as pods do */
    DnsNames(DnsServerAddressStreamProvider servers, List<String> searchDomains) {
        resolver = builder(servers)
                .searchDomains(searchDomains)
                .ndots(NDOTS_OF_PODS)
                .build();
    }

    private DnsNameResolverBuilder builder(DnsServerAddressStreamProvider servers) {
        return new DnsNameResolverBuilder(loop.next())
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(servers)
                .queryTimeoutMillis(QUERY_TIMEOUT.toMillis())
                // A dual-stack name is dialled address by address.
                .completeOncePreferredResolved(false)
                // What a name means is asked anew for each probe, so that a mended record shows at once.
                .resolveCache(NoopDnsCache.INSTANCE);
    }

    @Override
    public List<InetAddress> addressesOf(String host, Duration atMost)
            throws UnknownHostException, TimeoutException, InterruptedException {
        var answer = resolver.resolveAll(pinned(host) ? host : Authority.absolute(host));
        if (!answer.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            answer.cancel(true);
            throw new TimeoutException(host + " was not resolved in time");
        }
        if (answer.isSuccess()) {
            return answer.getNow();
        }
        if (timedOut(answer.cause())) {
            throw new TimeoutException(host + " was not resolved in time");
        }
        throw new UnknownHostException(host);
    }

    @Override
    public void close() {
        resolver.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** The hosts file has names without a dot at the end. */
    private static boolean pinned(String host) {
        return HostsFileEntriesResolver.DEFAULT.address(host, ResolvedAddressTypes.IPV4_PREFERRED) != null;
    }

    private static boolean timedOut(Throwable failure) {
        return Stream.iterate(failure, it -> it != null, Throwable::getCause)
                .anyMatch(DnsNameResolverTimeoutException.class::isInstance);
    }
}
