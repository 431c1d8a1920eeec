package dev.tenantops.onboarding.sandbox.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsentBrowserTest {

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private ConsentBrowser browser;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext("localhost")));
        server.createContext("/tenant/adminconsent", this::consentPage);
        server.createContext("/callback", exchange -> answer(exchange, 200, "Thank you"));
        server.createContext(
                "/error", exchange -> answer(exchange, 400, "<p>AADSTS700016: no &quot;such&quot; app</p>"));
        server.start();
        browser = new ConsentBrowser(authority.clientContext());
    }

    @AfterEach
    void stop() {
        browser.close();
        server.stop(0);
    }

    @Test
    void sendsWhatIsPresetAndThePressedButtonAndFollowsTheWayBack() {
        ConsentBrowser.Page page = browser.accept(url("/tenant/adminconsent?client_id=a&state=b%20c"));

        assertThat(page.url().getPath()).isEqualTo("/callback");
        assertThat(page.status()).isEqualTo(200);
        assertThat(seen)
                .containsExactly(
                        "GET /tenant/adminconsent?client_id=a&state=b%20c ",
                        "POST /tenant/adminconsent?client_id=a&state=b%20c token=a%26b&account=admin&decision=accept",
                        "GET /callback?state=b+c ");
    }

    @Test
    void aPageWithoutAFormIsQuoted() {
        assertThatThrownBy(() -> browser.accept(url("/error")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("400")
                .hasMessageContaining("AADSTS700016: no \"such\" app");
    }

    private void consentPage(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Location", "/callback?state=b+c");
            answer(exchange, 302, "");
        } else {
            answer(exchange, 200, """
                    <form id="consent" method="post" action="?client_id=a&amp;state=b%20c">
                      <input type="hidden" name="token" value="a&amp;b">
                      <input type="radio" name="account" value="admin" checked>
                      <input type="radio" name="account" value="user">
                      <button name="decision" value="cancel">Cancel</button>
                      <button name="decision" value="accept">Accept</button>
                    </form>""");
        }
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private URI url(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }
}
