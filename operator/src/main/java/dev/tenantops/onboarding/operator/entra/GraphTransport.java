package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JacksonException;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import dev.tenantops.onboarding.operator.entra.RequestListener.Outcome;
import dev.tenantops.onboarding.operator.entra.RequestListener.Service;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Sends reads to Microsoft Graph, and makes a value of every answer and every failure. It uses the HTTP client of the SDK
 * and neither its request adapter nor its {@code BatchResponseContent}: that shows a failed batch as an empty one and
 * writes each body to text to parse it once more.
 */
final class GraphTransport {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final String NOT_JSON = "its answer is not the JSON that was expected";

    private final OkHttpClient client;
    private final Semaphore turns;
    private final RequestListener listener;
    private final Clock clock;
    private final Circuits<Failure> circuits;
    private final Map<CloudEndpoints, HttpUrl> batchUrls = new ConcurrentHashMap<>();

    /** @param atOnce how many requests are under way at most; more wait for their turn */
    GraphTransport(OkHttpClient client, int atOnce, RequestListener listener, Clock clock, Ticker ticker) {
        this.client = client;
        this.turns = new Semaphore(atOnce);
        this.listener = listener;
        this.clock = clock;
        this.circuits = new Circuits<>(Service.Graph, ticker, listener);
    }

    /**
     * Sends the reads in as few batches as they fit in, and answers them in their order. Once a batch is lost, the rest
     * is not sent: whatever lost it has no use for more.
     */
    List<Reading<JsonBody>> send(GraphSession session, List<BatchItem> items) {
        var answers = new ArrayList<Reading<JsonBody>>(items.size());
        while (answers.size() < items.size()) {
            var end = Math.min(items.size(), answers.size() + BatchEnvelope.MOST_ITEMS);
            var some = items.subList(answers.size(), end);
            switch (unlessDead(session, way -> sendOne(session, way, some))) {
                case Reading.Complete<List<Reading<JsonBody>>>(var answered) -> answers.addAll(answered);
                case Reading.Failed<List<Reading<JsonBody>>>(Failure failure) ->
                    answers.addAll(Collections.nCopies(items.size() - answers.size(), Reading.failed(failure)));
            }
        }
        return answers;
    }

    /** Reads a further page. */
    Reading<JsonBody> page(GraphSession session, GraphPart part, String nextLink) {
        var url = HttpUrl.parse(nextLink);
        if (url == null || !session.reaches(url)) {
            return Reading.failed(Failure.of(
                    Reason.GraphUnavailable,
                    "Microsoft Graph continued " + part.title() + " at another host, which is not followed.",
                    "The next check tries again."));
        }
        return unlessDead(session, way -> {
            var started = System.nanoTime();
            var page =
                    exchange(session, way, request(session, url).build(), JsonBody::of, it -> it.failureOfRead(part));
            report(Kind.Page, outcome(page), started);
            return page;
        });
    }

    /**
     * A service that answers nobody is not asked, and the failure is that of those before. Who waits for a turn holds up
     * no circuit, and his time counts for no request.
     */
    private <T> Reading<T> unlessDead(GraphSession session, Function<Circuit.Way.Free<Failure>, Reading<T>> request) {
        session.asks();
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reading.failed(problem(session, new InterruptedIOException()));
        }
        try {
            return inTurn(session, request);
        } finally {
            turns.release();
        }
    }

    private <T> Reading<T> inTurn(GraphSession session, Function<Circuit.Way.Free<Failure>, Reading<T>> request) {
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

    private Reading<List<Reading<JsonBody>>> sendOne(
            GraphSession session, Circuit.Way.Free<Failure> way, List<BatchItem> items) {
        var request = request(session, batchUrls.computeIfAbsent(session.cloud(), GraphTransport::batchUrl))
                .post(RequestBody.create(BatchEnvelope.request(items), JSON))
                .build();
        var started = System.nanoTime();
        var first = items.getFirst().part();
        var answered = exchange(
                session, way, request, it -> BatchEnvelope.answers(it, items, session, clock), it -> it.failure(first));
        var throttled =
                answered.ifComplete().stream().flatMap(List::stream).anyMatch(it -> outcome(it) == Outcome.Throttled);
        report(Kind.Batch, throttled ? Outcome.Throttled : outcome(answered), started);
        return answered;
    }

    private <T> Reading<T> exchange(
            GraphSession session,
            Circuit.Way.Free<Failure> way,
            Request request,
            Decoding<T> decoding,
            Function<GraphError, Failure> meaning) {
        try (var response = client.newCall(request).execute()) {
            var answer = decoding.decode(response.body().bytes());
            way.answered();
            return Reading.of(answer);
        } catch (IOException | RuntimeException e) {
            return Reading.failed(failure(session, way, meaning, e));
        }
    }

    /** The SDK's part of the HTTP client may wrap what the rest throws. */
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
            var failure = meaning.apply(answered.error());
            tell(session, way, failure, answered.error().broken());
            return failure;
        }
        var cause = problem instanceof IOException io && !(io instanceof JacksonException)
                ? io
                : new UselessAnswerException(NOT_JSON, problem);
        var failure = problem(session, cause);
        if (!Thread.currentThread().isInterrupted()) {
            tell(session, way, failure, ConnectionProblem.unanswered(cause));
        }
        return failure;
    }

    private static Failure problem(GraphSession session, IOException cause) {
        return ConnectionProblem.failure(Service.Graph.title(), session.cloud().graph(), cause);
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

    private static Outcome outcome(Reading<?> answer) {
        return answer.ifFailed().map(failure -> Outcome.of(failure.reason())).orElse(Outcome.Succeeded);
    }

    private static Request.Builder request(GraphSession session, HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .tag(GraphSession.class, session);
    }

    private static HttpUrl batchUrl(CloudEndpoints cloud) {
        return HttpUrl.get(cloud.graph().resolve("/v1.0/$batch"));
    }

    /** Makes a value of the bytes of an answer. */
    private interface Decoding<T> {
        T decode(byte[] answer) throws IOException;
    }
}
