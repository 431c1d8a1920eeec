package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.MsalException;
import dev.tenantops.onboarding.operator.entra.RequestListener.Kind;
import dev.tenantops.onboarding.operator.entra.RequestListener.Outcome;
import dev.tenantops.onboarding.operator.entra.RequestListener.Service;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/**
 * Obtains tokens through msal4j, with an application object for each: what one would keep is its cache, which {@link
 * AccessTokens} replaces.
 */
final class MsalTokenSource implements TokenSource, AutoCloseable {

    private static final String AGAIN = "The next check tries again.";

    static final Failure INTERRUPTED = Failure.of(Reason.GraphUnavailable, "The check was interrupted.", AGAIN);

    private final OkHttpClient client;
    private final RequestListener listener;
    private final Clock clock;
    private final ClientCredentials credentials;
    private final CloudLookup clouds;
    private final CredentialPropagation propagation;
    private final Circuits<Function<TokenKey, Failure>> circuits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What came of asking Entra ID. */
    private sealed interface SignIn {

        record Done(AccessToken token) implements SignIn {}

        /** @param code its AADSTS code, where there is one */
        record Failed(Failure failure, Optional<Integer> code) implements SignIn {

            Failed(Failure failure) {
                this(failure, Optional.empty());
            }
        }
    }

    /**
     * @param clouds asked where a tenant lives that is not in its catalog's cloud
     * @param propagation asked whether a credential that is refused may not have arrived
     */
    MsalTokenSource(
            OkHttpClient client,
            RequestListener listener,
            Clock clock,
            Ticker ticker,
            CloudLookup clouds,
            CredentialPropagation propagation) {
        this.client = client;
        this.listener = listener;
        this.clock = clock;
        this.credentials = new ClientCredentials(clock);
        this.clouds = clouds;
        this.propagation = propagation;
        this.circuits = new Circuits<>(Service.Login, ticker, listener);
    }

    @Override
    public Reading<AccessToken> acquire(TokenKey key, Verifier verifier) {
        return switch (credentials.of(verifier.credential())) {
            case Reading.Failed<IClientCredential>(Failure failure) -> Reading.failed(failure);
            case Reading.Complete<IClientCredential>(IClientCredential proof) ->
                switch (propagation.enter(key, verifier.since())) {
                    case CredentialPropagation.Way.Barred(Failure failure) -> Reading.failed(failure);
                    case CredentialPropagation.Way.Trial trial -> {
                        try (trial) {
                            yield acquire(key, proof, trial);
                        }
                    }
                };
        };
    }

    private Reading<AccessToken> acquire(TokenKey key, IClientCredential proof, CredentialPropagation.Way.Trial trial) {
        return switch (unlessDead(key, proof)) {
            case SignIn.Done(AccessToken token) -> {
                trial.accepted();
                yield Reading.of(token);
            }
            case SignIn.Failed(Failure failure, var code) ->
                Reading.failed(clouds.explain(key.cloud(), key.tenantId(), trial.refused(failure, code), code));
        };
    }

    /** A service that answers nobody is not asked, and the failure is that of those before. */
    private SignIn unlessDead(TokenKey key, IClientCredential proof) {
        return switch (circuits.to(key.cloud().login()).enter(key.tenantId())) {
            case Circuit.Way.Barred<Function<TokenKey, Failure>>(var failure) -> new SignIn.Failed(failure.apply(key));
            case Circuit.Way.Free<Function<TokenKey, Failure>> way -> {
                try (way) {
                    yield signIn(key, proof, way);
                }
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private SignIn signIn(TokenKey key, IClientCredential proof, Circuit.Way.Free<Function<TokenKey, Failure>> way) {
        var exchange = new LoginExchange(client, key.cloud().login(), clock);
        var started = System.nanoTime();
        var signIn = signIn(key, proof, way, exchange);
        var outcome = signIn instanceof SignIn.Failed failed
                ? Outcome.of(failed.failure().reason())
                : Outcome.Succeeded;
        listener.requested(Kind.Token, outcome, Duration.ofNanos(System.nanoTime() - started));
        return signIn;
    }

    private SignIn signIn(
            TokenKey key,
            IClientCredential proof,
            Circuit.Way.Free<Function<TokenKey, Failure>> way,
            LoginExchange exchange) {
        try {
            var result = application(key, proof, exchange)
                    .acquireToken(ClientCredentialParameters.builder(Set.of(scope(key)))
                            .tenant(key.tenantId())
                            .build())
                    .get();
            way.answered();
            if (result.accessToken() == null || result.accessToken().isBlank()) {
                return new SignIn.Failed(failure(key, exchange, Optional.empty()));
            }
            // msal4j would tell the time of day when it ends, by a clock that may be set meanwhile.
            return new SignIn.Done(new AccessToken(result.accessToken(), exchange.lifetime()));
        } catch (ExecutionException e) {
            var description =
                    e.getCause() instanceof MsalException ? e.getCause().getMessage() : "";
            var code = SignInError.codeIn(description);
            return new SignIn.Failed(failure(key, way, exchange, code), code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SignIn.Failed(INTERRUPTED);
        } catch (RejectedExecutionException e) {
            return new SignIn.Failed(Failure.of(Reason.GraphUnavailable, "The operator is stopping.", AGAIN));
        }
    }

    private ConfidentialClientApplication application(TokenKey key, IClientCredential proof, LoginExchange exchange) {
        var login = key.cloud().login();
        try {
            // The tenant is put in place of "organizations". Without instanceDiscovery(false) msal4j asks
            // login.microsoftonline.com about every host that it does not know, and fails on its answer.
            return ConfidentialClientApplication.builder(key.clientId(), proof)
                    .authority("https://" + login.getHost() + "/organizations/")
                    .validateAuthority(false)
                    .instanceDiscovery(false)
                    .disableInternalRetries()
                    .httpClient(exchange)
                    .executorService(threads)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("The login URL " + login + " is not one", e);
        }
    }

    private static String scope(TokenKey key) {
        return key.cloud().graph().resolve("/") + ".default";
    }

    private static Failure failure(
            TokenKey key,
            Circuit.Way.Free<Function<TokenKey, Failure>> way,
            LoginExchange exchange,
            Optional<Integer> code) {
        if (code.flatMap(SignInError::of).isEmpty() && exchange.unanswered()) {
            way.unanswered(asked -> failure(asked, exchange, code));
        } else if (exchange.status() > 0) {
            way.answered();
        }
        return failure(key, exchange, code);
    }

    private static Failure failure(TokenKey key, LoginExchange exchange, Optional<Integer> code) {
        return said(key, exchange, code).withRetryAfter(exchange.retryAfter());
    }

    private static Failure said(TokenKey key, LoginExchange exchange, Optional<Integer> code) {
        var verifier = "The verifier " + key.clientId() + " cannot sign in to tenant " + key.tenantId() + ": ";
        var known = code.flatMap(SignInError::of);
        if (known.isPresent()) {
            var error = known.get();
            return Failure.of(error.reason(), verifier + error.what() + " (AADSTS" + code.get() + ").", error.remedy());
        }
        if (exchange.status() == 429) {
            return Failure.of(
                    Reason.Throttled,
                    verifier + "Entra ID asks to slow down (HTTP 429).",
                    "The next check comes later.");
        }
        if (exchange.problem().isPresent()) {
            return ConnectionProblem.failure(
                    Service.Login.title(),
                    key.cloud().login(),
                    exchange.problem().get());
        }
        return Failure.of(
                Reason.GraphUnavailable,
                verifier + "Entra ID answered HTTP " + exchange.status()
                        + code.map(it -> " with AADSTS" + it + ", which the operator does not know")
                                .orElse(" without a token or a reason")
                        + ".",
                AGAIN);
    }
}
