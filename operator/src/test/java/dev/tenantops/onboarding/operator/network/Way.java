package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.proxies.ProxyProduct;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands between a probe and the endpoint. */
enum Way {
    DIRECT("no proxy"),
    SCRIPTED("scripted proxy"),
    SQUID(ProxyProduct.SQUID),
    TINYPROXY(ProxyProduct.TINYPROXY),
    HAPROXY(ProxyProduct.HAPROXY),
    MITMPROXY(ProxyProduct.MITMPROXY);

    private final String title;
    private final Optional<ProxyProduct> product;

    Way(String title) {
        this.title = title;
        this.product = Optional.empty();
    }

    Way(ProxyProduct product) {
        this.title = product.title();
        this.product = Optional.of(product);
    }

    String title() {
        return title;
    }

    Optional<ProxyProduct> product() {
        return product;
    }

    /** Why this machine cannot take it; empty where it can. HAProxy makes no tunnels, so tinyproxy does it for it. */
    Optional<String> absence() {
        return product.stream()
                .flatMap(it -> it == ProxyProduct.HAPROXY ? Stream.of(it, ProxyProduct.TINYPROXY) : Stream.of(it))
                .filter(it -> it.executable().isEmpty())
                .map(ProxyProduct::howToInstall)
                .findFirst();
    }
}
