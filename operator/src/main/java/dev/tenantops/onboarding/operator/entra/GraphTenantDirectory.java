package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.PublisherDirectory;
import dev.tenantops.onboarding.operator.observe.PublisherObservation;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import dev.tenantops.onboarding.operator.observe.PublisherQuery;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads tenants through Microsoft Graph, with tokens of Entra ID. A tenant that was read before takes one request while
 * its token lasts. Nothing is retried but a token that Graph refused; what failed says how long to wait.
 */
public final class GraphTenantDirectory implements TenantDirectory, PublisherDirectory, AutoCloseable {

    private final Clock clock;
    private final HttpClients clients;
    private final MsalTokenSource source;
    private final AccessTokens tokens;
    private final GraphTransport graph;
    private final TenantReader reader;
    private final Throttling throttling;

    /**
     * Opens no connection yet. Ages are of the system's monotonic time.
     *
     * @param clock for {@code readAt}
     * @throws IllegalArgumentException for a CA bundle without certificates
     */
    public GraphTenantDirectory(EntraSettings settings, Clock clock, RequestListener listener) {
        this(settings, clock, Ticker.systemTicker(), listener);
    }

    /**
     * The same in another time.
     *
     * @param ticker for the age of tokens and definitions and for every wait; it must not follow a clock that somebody
     *     may set
     */
    public GraphTenantDirectory(EntraSettings settings, Clock clock, Ticker ticker, RequestListener listener) {
        this(
                settings,
                clock,
                ticker,
                listener,
                Arrays.stream(Cloud.values())
                        .map(CloudEndpoints::of)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** @param known the clouds in which a tenant is looked for that is not in its catalog's */
    GraphTenantDirectory(
            EntraSettings settings, Clock clock, Ticker ticker, RequestListener listener, List<CloudEndpoints> known) {
        this.clock = clock;
        this.clients = new HttpClients(settings, ticker, new GraphGuard(settings.maxResponseBytes(), clock));
        var clouds = new CloudLookup(clients.login(), known, listener, ticker);
        this.source = new MsalTokenSource(
                clients.login(),
                listener,
                clock,
                ticker,
                clouds,
                new CredentialPropagation(settings.credentialPropagation(), clock, ticker));
        this.tokens = new AccessTokens(source, ticker);
        this.throttling = new Throttling(ticker);
        this.graph = new GraphTransport(clients.graph(), settings.connections(), listener, clock, ticker);
        this.reader = new TenantReader(
                graph, settings.definitionsTimeToLive(), settings.callTimeout().dividedBy(3), ticker);
    }

    /** @throws IllegalArgumentException for ids that are not GUIDs, and for a cloud whose URLs are not https */
    @Override
    public TenantObservation read(TenantQuery query) {
        return read(query, Optional.empty()).observation();
    }

    /** @throws IllegalArgumentException for ids that are not GUIDs, and for a cloud whose URLs are not https */
    @Override
    public TenantReading read(TenantQuery query, Optional<Fingerprint> known) {
        check(query);
        var readAt = clock.instant();
        return throttling.failure(query).map(it -> failed(readAt, it)).orElseGet(() -> {
            var reading = readNow(query, readAt, known);
            if (reading instanceof TenantReading.Fresh fresh) {
                throttling.note(query, fresh.observation());
            }
            return reading;
        });
    }

    @Override
    public boolean showsDeactivation(CloudEndpoints cloud) {
        return reader.showsDeactivation(cloud);
    }

    /** @throws IllegalArgumentException for ids that are not GUIDs, and for a cloud whose URLs are not https */
    @Override
    public Reading<PublisherObservation> registrations(PublisherQuery query) {
        query.clientIds().forEach(it -> Guid.require("A registration's clientId", it));
        // What is wrong with the way there, with the sign-in, or by throttling, is told by this already.
        var apis = read(new TenantQuery(
                query.cloud(), query.tenantId(), query.verifier(), List.of(), query.resources(), false));
        var resources = apis.applications()
                .ifFailed()
                .<Reading<Map<String, ResourceServicePrincipal>>>map(Reading::failed)
                .orElse(apis.resources());
        if (!(resources instanceof Reading.Complete<Map<String, ResourceServicePrincipal>>(var known))) {
            return Reading.failed(resources.ifFailed().orElseThrow());
        }
        var undefined = apis.definitionsUnreadable().findFirst();
        if (undefined.isPresent()) {
            return Reading.failed(undefined.get());
        }
        var key = key(query.cloud(), query.tenantId(), query.verifier());
        return switch (tokens.get(key, query.verifier())) {
            case Reading.Failed<AccessToken>(Failure failure) -> Reading.failed(failure);
            case Reading.Complete<AccessToken>(AccessToken token) -> {
                var session = new GraphSession(query.cloud(), query.tenantId(), token.value());
                var seen = new RegistrationReading(graph, session).read(query.clientIds());
                if (session.unauthorized() || session.denied()) {
                    tokens.drop(key, token);
                }
                yield seen instanceof Reading.Complete<Map<String, Seen>>(var registrations)
                        ? Reading.of(new PublisherObservation(registrations, known))
                        : Reading.failed(seen.ifFailed().orElseThrow());
            }
        };
    }

    private static TokenKey key(CloudEndpoints cloud, String tenantId, Verifier verifier) {
        return new TokenKey(
                cloud, tenantId, verifier.clientId(), verifier.credential().version());
    }

    private static TenantReading failed(Instant readAt, Failure failure) {
        return new TenantReading.Fresh(TenantObservation.failed(readAt, failure), Optional.empty());
    }

    private TenantReading readNow(TenantQuery query, Instant readAt, Optional<Fingerprint> known) {
        var key = key(query.cloud(), query.tenantId(), query.verifier());
        var kept = tokens.kept(key);
        if (kept.isPresent()) {
            var session =
                    new GraphSession(query.cloud(), query.tenantId(), kept.get().value());
            var reading = read(session, query, readAt, known, key, kept.get());
            // Roles given since come with a new token only.
            if (!session.unauthorized() && !session.denied()) {
                return reading;
            }
        }
        return switch (tokens.get(key, query.verifier())) {
            case Reading.Failed<AccessToken>(Failure failure) -> failed(readAt, failure);
            case Reading.Complete<AccessToken>(AccessToken token) ->
                read(
                        new GraphSession(query.cloud(), query.tenantId(), token.value()),
                        query,
                        readAt,
                        known,
                        key,
                        token);
        };
    }

    /** Closes idle connections and ends the threads. Readings under way may fail. */
    @Override
    public void close() {
        source.close();
        clients.close();
    }

    /** A token that lacks a role is given up too: the next may have it. */
    private TenantReading read(
            GraphSession session,
            TenantQuery query,
            Instant readAt,
            Optional<Fingerprint> known,
            TokenKey key,
            AccessToken token) {
        var reading = reader.read(session, query, readAt, known);
        if (session.unauthorized() || session.denied()) {
            tokens.drop(key, token);
        }
        return reading;
    }

    private static void check(TenantQuery query) {
        requireHttps("login", query.cloud().login());
        requireHttps("Graph", query.cloud().graph());
        Guid.require("tenantId", query.tenantId());
        Guid.require("The verifier's clientId", query.verifier().clientId());
        for (ApplicationQuery application : query.applications()) {
            Guid.require("An application's clientId", application.clientId());
        }
        query.resources().forEach(appId -> Guid.require("A resource's appId", appId));
    }

    private static void requireHttps(String name, URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("The " + name + " URL must be https://host, but is " + url);
        }
    }
}
