package dev.tenantops.onboarding.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the public port says of https, whatever it answers. */
class TransportSecurityTest {

    private static final long PATIENCE = 20;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
    }

    @Test
    void behindAnHttpsAddressEveryAnswerAsksBrowsersForHttpsForGood() throws Exception {
        var server = serve(Optional.of(URI.create("HTTPS://onboarding.example.com")));
        for (String path : List.of("/consent/callback", "/nothing")) {
            assertThat(said(server, path)).as(path).containsExactly("max-age=31536000");
        }
    }

    @Test
    void behindAnHttpAddressAndWithoutOneNothingIsSaid() throws Exception {
        assertThat(said(serve(Optional.of(URI.create("http://localhost:8080"))), "/consent/callback"))
                .isEmpty();
        assertThat(said(serve(Optional.empty()), "/consent/callback")).isEmpty();
    }

    private HttpServer serve(Optional<URI> publicUrl) throws Exception {
        var filters = new Filters();
        new TransportSecurity(publicUrl).register(filters);
        var router = Router.router(vertx);
        filters.getFilters().forEach(it -> router.route().handler(it.getHandler()));
        router.route("/consent/callback").handler(it -> it.response().end());
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE, TimeUnit.SECONDS);
    }

    private static List<String> said(HttpServer server, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + server.actualPort() + path);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .allValues(TransportSecurity.HEADER);
        }
    }
}
