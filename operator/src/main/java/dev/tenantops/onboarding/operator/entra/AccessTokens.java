package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/**
 * The tokens in use. msal4j has a cache of its own, but searches it from end to end, never empties it, and misses in it
 * where the login service has a port.
 */
final class AccessTokens {

    /** How long before its end a token is given up: a check must not outlive its token. */
    private static final Duration MARGIN = Duration.ofSeconds(300);

    private final TokenSource source;
    private final Cache<TokenKey, AccessToken> tokens;
    private final ConcurrentMap<TokenKey, CompletableFuture<Reading<AccessToken>>> underWay = new ConcurrentHashMap<>();

    AccessTokens(TokenSource source, Ticker ticker) {
        this.source = source;
        this.tokens = Caffeine.newBuilder()
                .expireAfter(Expiry.<TokenKey, AccessToken>writing((key, token) -> usable(token)))
                .ticker(ticker)
                .build();
    }

    /** A token obtained before. */
    Optional<AccessToken> kept(TokenKey key) {
        return Optional.ofNullable(tokens.getIfPresent(key));
    }

    /** A token obtained before, or a new one. Of several callers for one key, one asks and all get its answer. */
    Reading<AccessToken> get(TokenKey key, Verifier verifier) {
        var mine = new CompletableFuture<Reading<AccessToken>>();
        var others = underWay.putIfAbsent(key, mine);
        if (others != null) {
            return answer(others);
        }
        try {
            var token = kept(key).map(Reading::of).orElseGet(() -> acquire(key, verifier));
            mine.complete(token);
            return token;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key, mine);
        }
    }

    /** Gives a token up, unless another has already taken its place. */
    void drop(TokenKey key, AccessToken token) {
        tokens.asMap().remove(key, token);
    }

    private Reading<AccessToken> acquire(TokenKey key, Verifier verifier) {
        var acquired = source.acquire(key, verifier);
        acquired.ifComplete().filter(token -> usable(token).isPositive()).ifPresent(token -> tokens.put(key, token));
        return acquired;
    }

    private static Reading<AccessToken> answer(CompletableFuture<Reading<AccessToken>> others) {
        try {
            return others.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reading.failed(MsalTokenSource.INTERRUPTED);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Whoever asked for the token failed", e.getCause());
        }
    }

    private static Duration usable(AccessToken token) {
        return token.lifetime().minus(MARGIN);
    }
}
