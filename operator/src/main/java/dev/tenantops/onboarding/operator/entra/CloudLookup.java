package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import dev.tenantops.onboarding.operator.entra.RequestListener.Outcome;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Names the cloud of a tenant that cannot be signed in to because it is not in the catalog's. It asks for the tenant's
 * OpenID configuration, which takes no credentials, and only after such a sign-in. What it cannot find out leaves the
 * sign-in's own failure as it is.
 */
final class CloudLookup {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final long MOST_REMEMBERED = 10_000;

    /** A hint is not worth a longer wait, least of all where the platform team allows no other cloud's host. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final OkHttpClient client;
    private final List<CloudEndpoints> known;
    private final RequestListener listener;
    private final Cache<Question, Answer> answers;

    private record Question(CloudEndpoints cloud, String tenantId) {}

    private sealed interface Answer {

        record LivesIn(Cloud cloud) implements Answer {}

        /** It exists, in a cloud that the operator has no name for. */
        record Unnamed() implements Answer {}

        record Nowhere() implements Answer {}

        /** Whoever was asked did not say; never remembered. */
        record Unanswered() implements Answer {}
    }

    /**
     * @param client the client for login services
     * @param known the clouds whose login services may be asked
     */
    CloudLookup(OkHttpClient client, List<CloudEndpoints> known, RequestListener listener, Ticker ticker) {
        this.client = client;
        this.known = List.copyOf(known);
        this.listener = listener;
        this.answers = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MOST_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /**
     * The failure of a sign-in, in better words where the tenant's cloud explains it.
     *
     * @param code its AADSTS code
     */
    Failure explain(CloudEndpoints cloud, String tenantId, Failure failure, Optional<Integer> code) {
        if (failure.reason() != Reason.TenantNotFound && failure.reason() != Reason.WrongCloud) {
            return failure;
        }
        return switch (answer(new Question(cloud, tenantId))) {
            case Answer.LivesIn(Cloud home)
            when home != cloud.cloud() ->
                Failure.of(
                                Reason.WrongCloud,
                                "The tenant " + tenantId + " lives in the cloud " + home + ", and the catalog is for "
                                        + cloud.cloud() + bracketed(code) + ".",
                                "License the publisher's catalog for the cloud " + home
                                        + "; client ids differ per cloud.")
                        .withRetryAfter(failure.retryAfter());
            case Answer.Nowhere _
            when failure.reason() == Reason.TenantNotFound && mayBeElsewhere(cloud) ->
                Failure.of(
                                Reason.TenantNotFound,
                                "No Microsoft cloud that the operator knows has the tenant " + tenantId
                                        + bracketed(code) + "; asked were " + hosts(cloud) + ".",
                                "Check spec.tenantId; a changed tenant needs a new TenantOnboarding.")
                        .withRetryAfter(failure.retryAfter());
            default -> failure;
        };
    }

    private Answer answer(Question question) {
        var remembered = answers.getIfPresent(question);
        if (remembered != null) {
            return remembered;
        }
        var answer = locate(question);
        if (!(answer instanceof Answer.Unanswered)) {
            answers.put(question, answer);
        }
        return answer;
    }

    private Answer locate(Question question) {
        var own = ask(question.cloud().login(), question);
        if (!(own instanceof Answer.Nowhere) || !mayBeElsewhere(question.cloud())) {
            return own;
        }
        var none = own;
        for (URI login : otherLogins(question.cloud())) {
            var answer = ask(login, question);
            if (answer instanceof Answer.LivesIn || answer instanceof Answer.Unnamed) {
                return answer;
            }
            if (answer instanceof Answer.Unanswered) {
                none = answer;
            }
        }
        return none;
    }

    private Answer ask(URI login, Question question) {
        var url = HttpUrl.get(login)
                .newBuilder()
                .encodedPath("/" + question.tenantId() + "/v2.0/.well-known/openid-configuration")
                .build();
        var call = client.newCall(new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .build());
        call.timeout().timeout(Math.min(PATIENCE.toMillis(), client.callTimeoutMillis()), TimeUnit.MILLISECONDS);
        var started = System.nanoTime();
        var status = 0;
        Answer answer = new Answer.Unanswered();
        try (var response = call.execute()) {
            status = response.code();
            answer = StrictJson.object(new StringReader(response.body().string()))
                    .map(body -> read(response.code(), body, question))
                    .orElse(answer);
        } catch (IOException e) {
            // Said by the outcome that the listener hears.
        }
        listener.requested(Kind.CloudLookup, outcome(status, answer), Duration.ofNanos(System.nanoTime() - started));
        return answer;
    }

    private Answer read(int status, JsonObject body, Question question) {
        if (status == 400
                && body.get("error") instanceof JsonPrimitive error
                && error.getAsString().equals("invalid_tenant")) {
            return new Answer.Nowhere();
        }
        var configuration = OpenIdConfiguration.of(body);
        if (status != 200 || !configuration.describes(question.tenantId())) {
            return new Answer.Unanswered();
        }
        return configuration
                .cloud(question.cloud(), known)
                .<Answer>map(Answer.LivesIn::new)
                .orElseGet(Answer.Unnamed::new);
    }

    private List<URI> otherLogins(CloudEndpoints cloud) {
        return known.stream()
                .map(CloudEndpoints::login)
                .distinct()
                .filter(login -> !login.equals(cloud.login()))
                .toList();
    }

    private String hosts(CloudEndpoints cloud) {
        return Stream.concat(Stream.of(cloud.login()), otherLogins(cloud).stream())
                .map(URI::getAuthority)
                .collect(Collectors.joining(", "));
    }

    /** The operator's configuration may point the custom cloud to anything: other clouds are none of its business. */
    private static boolean mayBeElsewhere(CloudEndpoints cloud) {
        return cloud.cloud() != Cloud.Custom;
    }

    private static Outcome outcome(int status, Answer answer) {
        if (status == 429) {
            return Outcome.Throttled;
        }
        return answer instanceof Answer.Unanswered ? Outcome.Failed : Outcome.Succeeded;
    }

    private static String bracketed(Optional<Integer> code) {
        return code.map(it -> " (AADSTS" + it + ")").orElse("");
    }
}
