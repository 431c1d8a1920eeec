package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the operator reaches Entra ID and Microsoft Graph.
 *
 * @param trustAnchors whom to trust on the way there
 * @param proxy the forward proxy to Entra ID and Microsoft Graph, and to nothing else
 * @param connectTimeout for a TCP connection
 * @param callTimeout for one request from its first byte to the last byte of its answer
 * @param maxResponseBytes the largest answer that is read, after decompression
 * @param definitionsTimeToLive for how long at most it is remembered which permissions an API defines
 * @param connections how many requests to Microsoft Graph are under way at most, and how many idle connections are kept:
 *     with fewer of them each burst of requests makes new ones, of which each costs as much as several requests
 * @param credentialPropagation for how long a credential that changed may be refused before it counts as wrong
 */
public record EntraSettings(
        TrustAnchors trustAnchors,
        Optional<ForwardProxy> proxy,
        Duration connectTimeout,
        Duration callTimeout,
        long maxResponseBytes,
        Duration definitionsTimeToLive,
        int connections,
        Duration credentialPropagation) {

    /** A new credential is known everywhere within some minutes. */
    static final Duration CREDENTIAL_PROPAGATION = Duration.ofMinutes(5);

    /** The same with the usual time for credentials to arrive everywhere. */
    public EntraSettings(
            TrustAnchors trustAnchors,
            Optional<ForwardProxy> proxy,
            Duration connectTimeout,
            Duration callTimeout,
            long maxResponseBytes,
            Duration definitionsTimeToLive,
            int connections) {
        this(
                trustAnchors,
                proxy,
                connectTimeout,
                callTimeout,
                maxResponseBytes,
                definitionsTimeToLive,
                connections,
                CREDENTIAL_PROPAGATION);
    }

    /** @throws IllegalArgumentException for a limit that is not positive, and for a proxy that cannot be one */
    public EntraSettings {
        proxy.map(ForwardProxy::url).ifPresent(EntraSettings::requireProxy);
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("callTimeout", callTimeout);
        requirePositive("definitionsTimeToLive", definitionsTimeToLive);
        if (maxResponseBytes <= 0) {
            throw new IllegalArgumentException("maxResponseBytes must be positive, but is " + maxResponseBytes);
        }
        if (connections <= 0) {
            throw new IllegalArgumentException("connections must be positive, but is " + connections);
        }
        if (credentialPropagation.isNegative()) {
            throw new IllegalArgumentException(
                    "credentialPropagation must not be negative, but is " + credentialPropagation);
        }
    }

    /** Direct connections, the JDK's trust anchors, and limits that suit Microsoft's clouds. */
    public static EntraSettings defaults() {
        return new EntraSettings(
                TrustAnchors.ofJdkAnd(Optional.empty()),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                8L * 1024 * 1024,
                Duration.ofHours(6),
                64);
    }

    private static void requireProxy(URI url) {
        if (!("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                || url.getHost() == null
                || url.getPort() < 1
                || url.getUserInfo() != null) {
            // The value stays out of the message: it may hold a password.
            throw new IllegalArgumentException(
                    "The proxy must be written as http://host:port or https://host:port, without credentials");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, but is " + value);
        }
    }
}
