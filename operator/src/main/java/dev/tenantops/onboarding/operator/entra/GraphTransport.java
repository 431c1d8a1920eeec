package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.gson.JsonObject;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import dev.tenantops.onboarding.operator.entra.RequestListener.Outcome;
import dev.tenantops.onboarding.operator.entra.RequestListener.Service;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Sends reads to Microsoft Graph through the SDK's request adapter, and makes a value of every answer and every
 * failure. The envelope of a batch is read here rather than by the SDK's {@code BatchResponseContent}, which shows a
 * failed batch as an empty one and writes each body to text to parse it once more.
 */
final class GraphTransport {

    private static final String NOT_JSON = "its answer is not the JSON that was expected";

    private final OkHttpClient client;
    private final RequestListener listener;
    private final Clock clock;
    private final Circuits<Failure> circuits;
    private final Map<CloudEndpoints, CloudClient> clouds = new ConcurrentHashMap<>();

    GraphTransport(OkHttpClient client, RequestListener listener, Clock clock, Ticker ticker) {
        this.client = client;
        this.listener = listener;
        this.clock = clock;
        this.circuits = new Circuits<>(Service.Graph, ticker, listener);
    }

    /**
     * Sends the reads in as few batches as they fit in, and answers them in their order. Once a batch is lost, the rest
     * is not sent: whatever lost it has no use for more.
     */
    List<Reading<JsonObject>> send(GraphSession session, List<BatchItem> items) {
        List<Reading<JsonObject>> answers = new ArrayList<>(items.size());
        while (answers.size() < items.size()) {
            int end = Math.min(items.size(), answers.size() + BatchEnvelope.MOST_ITEMS);
            List<BatchItem> some = items.subList(answers.size(), end);
            switch (unlessDead(session, way -> sendOne(session, way, some))) {
                case Reading.Complete<List<Reading<JsonObject>>>(var answered) -> answers.addAll(answered);
                case Reading.Failed<List<Reading<JsonObject>>>(Failure failure) ->
                    answers.addAll(Collections.nCopies(items.size() - answers.size(), Reading.failed(failure)));
            }
        }
        return answers;
    }

    /** Reads a further page. */
    Reading<JsonObject> page(GraphSession session, GraphPart part, String nextLink) {
        HttpUrl url = HttpUrl.parse(nextLink);
        if (url == null || !session.reaches(url)) {
            return Reading.failed(Failure.of(
                    Reason.GraphUnavailable,
                    "Microsoft Graph continued " + part.title()
                            + " at another host, which is not followed. The next check tries again."));
        }
        return unlessDead(session, way -> {
            RequestInformation request = request(session, HttpMethod.GET, url.uri());
            long started = System.nanoTime();
            Reading<JsonObject> page = exchange(session, way, request, it -> it.failureOfRead(part));
            report(Kind.Page, outcome(page), started);
            return page;
        });
    }

    /** A service that answers nobody is not asked, and the failure is that of those before. */
    private <T> Reading<T> unlessDead(GraphSession session, Function<Circuit.Way.Free<Failure>, Reading<T>> request) {
        return switch (circuits.to(session.cloud().graph()).enter(session.tenantId())) {
            case Circuit.Way.Barred<Failure>(Failure failure) -> {
                session.unanswered(failure);
                yield Reading.failed(failure);
            }
            case Circuit.Way.Free<Failure> way -> {
                try (way) {
                    yield request.apply(way);
                }
            }
        };
    }

    private Reading<List<Reading<JsonObject>>> sendOne(
            GraphSession session, Circuit.Way.Free<Failure> way, List<BatchItem> items) {
        CloudClient cloud = cloudClient(session.cloud());
        RequestInformation request = request(session, HttpMethod.POST, cloud.batchUrl());
        request.setStreamContent(new ByteArrayInputStream(BatchEnvelope.request(items)), "application/json");
        long started = System.nanoTime();
        GraphPart first = items.getFirst().part();
        return switch (exchange(session, way, request, it -> it.failure(first))) {
            case Reading.Complete<JsonObject>(JsonObject envelope) -> {
                List<Reading<JsonObject>> answers = BatchEnvelope.answers(envelope, items, session, clock);
                boolean throttled = answers.stream().anyMatch(it -> outcome(it) == Outcome.Throttled);
                report(Kind.Batch, throttled ? Outcome.Throttled : Outcome.Succeeded, started);
                yield Reading.of(answers);
            }
            case Reading.Failed<JsonObject>(Failure failure) -> {
                report(Kind.Batch, Outcome.of(failure.reason()), started);
                yield Reading.failed(failure);
            }
        };
    }

    private Reading<JsonObject> exchange(
            GraphSession session,
            Circuit.Way.Free<Failure> way,
            RequestInformation request,
            Function<GraphError, Failure> meaning) {
        BaseGraphRequestAdapter adapter = cloudClient(session.cloud()).adapter();
        try (InputStream body = adapter.sendPrimitive(request, null, InputStream.class)) {
            JsonObject answer = StrictJson.object(new InputStreamReader(body, StandardCharsets.UTF_8))
                    .orElseThrow(() -> new UselessAnswerException(NOT_JSON));
            way.answered();
            return Reading.of(answer);
        } catch (IOException | RuntimeException e) {
            return Reading.failed(failure(session, way, meaning, e));
        }
    }

    /** The adapter wraps what its HTTP client throws in a plain RuntimeException. */
    private static Failure failure(
            GraphSession session,
            Circuit.Way.Free<Failure> way,
            Function<GraphError, Failure> meaning,
            Exception thrown) {
        Throwable problem = thrown;
        while (!(problem instanceof IOException) && problem.getCause() != null) {
            problem = problem.getCause();
        }
        if (problem instanceof GraphErrorException answered) {
            session.heed(answered.error());
            Failure failure = meaning.apply(answered.error());
            tell(session, way, failure, answered.error().broken());
            return failure;
        }
        IOException cause = problem instanceof IOException io ? io : new UselessAnswerException(NOT_JSON, problem);
        Failure failure =
                ConnectionProblem.failure(Service.Graph.title(), session.cloud().graph(), cause);
        if (!Thread.currentThread().isInterrupted()) {
            tell(session, way, failure, ConnectionProblem.unanswered(cause));
        }
        return failure;
    }

    private static void tell(GraphSession session, Circuit.Way.Free<Failure> way, Failure failure, boolean unanswered) {
        if (unanswered) {
            session.unanswered(failure);
            way.unanswered(failure);
        } else {
            way.answered();
        }
    }

    private void report(Kind kind, Outcome outcome, long started) {
        listener.requested(kind, outcome, Duration.ofNanos(System.nanoTime() - started));
    }

    private static Outcome outcome(Reading<JsonObject> answer) {
        return answer.ifFailed().map(failure -> Outcome.of(failure.reason())).orElse(Outcome.Succeeded);
    }

    private static RequestInformation request(GraphSession session, HttpMethod method, URI url) {
        RequestInformation request = new RequestInformation();
        request.httpMethod = method;
        request.setUri(url);
        request.headers.tryAdd("Accept", "application/json");
        request.addRequestOptions(List.of(session));
        return request;
    }

    private CloudClient cloudClient(CloudEndpoints cloud) {
        return clouds.computeIfAbsent(cloud, endpoints -> {
            URI version = endpoints.graph().resolve("/v1.0");
            return new CloudClient(
                    new BaseGraphRequestAdapter(new AnonymousAuthenticationProvider(), version.toString(), client),
                    URI.create(version + "/$batch"));
        });
    }

    private record CloudClient(BaseGraphRequestAdapter adapter, URI batchUrl) {}
}
