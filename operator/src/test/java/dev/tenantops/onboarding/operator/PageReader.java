package dev.tenantops.onboarding.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A browser, as far as HTTP goes. */
final class PageReader implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final URI root;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    PageReader(URI root) {
        this.root = root;
    }

    /** @param headers names and values in turn */
    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(root + path))
                .timeout(LIMIT)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The lines of an event stream, as they come; the last is {@code "end"} once it has ended. */
    List<String> events(String path) {
        var lines = new CopyOnWriteArrayList<String>();
        http.sendAsync(HttpRequest.newBuilder(URI.create(root + path)).build(), BodyHandlers.ofLines())
                .thenAccept(answer -> {
                    lines.add("status " + answer.statusCode());
                    Thread.ofVirtual().start(() -> {
                        try {
                            answer.body().filter(it -> !it.isEmpty()).forEach(lines::add);
                        } catch (UncheckedIOException _) {
                            // It was cut off, which is an end as well.
                        }
                        lines.add("end");
                    });
                });
        return lines;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
