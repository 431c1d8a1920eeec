package dev.tenantops.onboarding.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    @ParameterizedTest
    @CsvSource({
        "https://hub.example.com,hub.example.com:443",
        "wss://hub.example.com/client?x=y,hub.example.com:443",
        "http://proxy.example.com,proxy.example.com:80",
        "http://proxy_1.example.com:3128/,proxy_1.example.com:3128",
        "http://user:word@proxy.example.com:3128,proxy.example.com:3128",
        "http://b\u00fccher.example:3128,xn--bcher-kva.example:3128",
        "http://10.0.0.8:3128,10.0.0.8:3128",
        "http://[fd00::8]:3128,[fd00::8]:3128"
    })
    void theHostAndPortOfAUrl(URI url, String authority) {
        assertThat(Authority.of(url)).hasToString("Optional[" + authority + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:opaque", "http:///path", "http://host:0", "http://host:65536", "http://host:3128x"})
    void aUrlWithoutAUsableHostAndPortHasNone(URI url) {
        assertThat(Authority.of(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "hub.example.com,hub.example.com.",
        "hub.example.com.,hub.example.com.",
        "proxies.corp,proxies.corp.",
        "squid.proxies.svc.cluster.local,squid.proxies.svc.cluster.local.",
        "squid.proxies.svc,squid.proxies.svc",
        "squid.proxies.SVC,squid.proxies.SVC",
        "squid,squid",
        "10.0.0.8,10.0.0.8",
        "127.1,127.1",
        "fd00::8,fd00::8"
    })
    void theDnsIsAskedForAbsoluteNames(String host, String asked) {
        assertThat(Authority.absolute(host)).isEqualTo(asked);
    }
}
