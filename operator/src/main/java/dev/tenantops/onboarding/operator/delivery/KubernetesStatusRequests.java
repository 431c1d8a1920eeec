package dev.tenantops.onboarding.operator.delivery;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Speaks to the API server through the Kubernetes client's own HTTP client, since its typed calls try refused requests
 * again by themselves for up to a hundred seconds, and do not show the header Retry-After.
 *
 * @param <R> the kind
 * @param <S> its status
 */
final class KubernetesStatusRequests<R extends CustomResource<?, S>, S> implements StatusRequests<R, S> {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int MESSAGE_LIMIT = 1024;

    /** What was written is known here, so that the server need not send it back: of its answer the metadata will do. */
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json";

    private final Client client;
    private final KubernetesSerialization serialization;
    private final Class<R> type;
    private final Supplier<R> empty;
    private final URI group;

    /** @param empty makes an object of the kind */
    KubernetesStatusRequests(KubernetesClient client, Class<R> type, Supplier<R> empty) {
        this.client = client.newClient(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout((int) LIMIT.toMillis())
                        .build());
        this.serialization = client.getKubernetesSerialization();
        this.type = type;
        this.empty = empty;
        this.group = URI.create(client.getMasterUrl().toString())
                .resolve("/apis/" + HasMetadata.getGroup(type) + "/" + HasMetadata.getVersion(type) + "/");
    }

    @Override
    public Reply<R> put(R read, S status) throws InterruptedException {
        var body = empty.get();
        var metadata = read.getMetadata();
        body.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        body.setStatus(status);
        return send(request(address(ObjectKey.of(read)) + "/status")
                        .header("Accept", METADATA_ONLY)
                        .method("PUT", "application/json", serialization.asJson(body)))
                .map(it -> new Reply.Stored<>(written(it)));
    }

    /** A list of one, which takes no right that watching does not take. */
    @Override
    public Reply<R> get(ObjectKey key) throws InterruptedException {
        return send(request(collection(key) + "?fieldSelector=metadata.name%3D" + key.name()))
                .map(it -> serialization.unmarshal(it, GenericKubernetesResourceList.class).getItems().stream()
                        .findFirst()
                        .<Reply<R>>map(found -> new Reply.Found<>(serialization.convertValue(found, type)))
                        .orElseGet(Reply.Absent::new));
    }

    private String address(ObjectKey key) {
        return collection(key) + "/" + key.name();
    }

    private String collection(ObjectKey key) {
        var namespace = key.namespace().isEmpty() ? "" : "namespaces/" + key.namespace() + "/";
        return group + namespace + HasMetadata.getPlural(type);
    }

    private HttpRequest.Builder request(String address) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(address)
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Answer<R> send(HttpRequest.Builder request) throws InterruptedException {
        var answer = client.getHttpClient().sendAsync(request.build(), byte[].class);
        try {
            return new Answer<>(answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS), serialization);
        } catch (TimeoutException e) {
            return new Answer<>("none within " + LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Answer<>(String.valueOf(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private String written(String body) {
        return serialization.unmarshal(body, Written.class).metadata().resourceVersion();
    }

    /** What is of interest in what was written. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Written(Metadata metadata) {

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Metadata(String resourceVersion) {}
    }

    private record Answer<R>(int code, String body, Optional<String> retryAfter, Optional<String> message) {

        Answer(HttpResponse<byte[]> response, KubernetesSerialization serialization) {
            var body = new String(Optional.ofNullable(response.body()).orElse(new byte[0]), StandardCharsets.UTF_8);
            this(
                    response.code(),
                    body,
                    Optional.ofNullable(response.header("Retry-After")),
                    response.code() < MULTIPLE_CHOICES ? Optional.empty() : Optional.of(said(body, serialization)));
        }

        Answer(String failure) {
            this(0, "", Optional.empty(), Optional.of(failure));
        }

        Reply<R> map(Function<String, Reply<R>> success) {
            if (code >= OK && code < MULTIPLE_CHOICES) {
                return success.apply(body);
            }
            return switch (code) {
                case HttpURLConnection.HTTP_CONFLICT -> new Reply.Changed<>();
                case HttpURLConnection.HTTP_NOT_FOUND -> new Reply.Absent<>();
                default -> new Reply.Refused<>(code, message.orElse(""), retryAfter.flatMap(Answer::seconds));
            };
        }

        private static Optional<Duration> seconds(String text) {
            try {
                return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(text.strip()))));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        private static String said(String body, KubernetesSerialization serialization) {
            try {
                var status = serialization.unmarshal(body, Status.class);
                return shortened(Optional.ofNullable(status.getMessage()).orElse(""));
            } catch (RuntimeException e) {
                // A proxy or an overloaded server answers in plain text.
                return shortened(body);
            }
        }

        private static String shortened(String text) {
            return text.length() <= MESSAGE_LIMIT ? text : text.substring(0, MESSAGE_LIMIT);
        }
    }
}
