package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbsoluteDnsTest {

    private final List<String> asked = new ArrayList<>();
    private final AbsoluteDns dns = new AbsoluteDns(this::lookUp, "pinned.example.com"::equals);

    @Test
    void noSearchDomainIsTriedForAHostOfMicrosofts() throws UnknownHostException {
        dns.lookup("login.microsoftonline.com");
        dns.lookup("proxy");

        assertThat(asked).containsExactly("login.microsoftonline.com.", "proxy");
    }

    @Test
    void whatTheHostsFileHasIsAskedForAsItStandsThere() throws UnknownHostException {
        dns.lookup("pinned.example.com");

        assertThat(asked).containsExactly("pinned.example.com");
    }

    private List<InetAddress> lookUp(String name) {
        asked.add(name);
        return List.of(InetAddress.getLoopbackAddress());
    }
}
