package dev.tenantops.onboarding.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The operator's configuration. Each key is also an environment variable: {@code onboarding.public-url} is {@code
 * ONBOARDING_PUBLIC_URL}. Durations are written as {@code 30s}, {@code 5m} or {@code 1h}.
 */
@ConfigMapping(prefix = "onboarding")
public interface OnboardingConfig {

    /** What this process is; the image has both. */
    @WithDefault("Operator")
    @WithConverter(ModeConverter.class)
    Mode mode();

    /** The operator's own namespace, where verifier Secrets live; the default is the Kubernetes client's. */
    Optional<String> namespace();

    /** Clouds beside those of Microsoft that the operator knows, by the name that catalogs give as {@code cloudName}. */
    Map<String, CustomCloud> clouds();

    Tls tls();

    Proxy proxy();

    Verification verification();

    Network network();

    Metrics metrics();

    LeaderElection leaderElection();

    Sharding sharding();

    Claims claims();

    Page page();

    Events events();

    /** Where browsers reach this operator, without a trailing slash; consent pages return to it. */
    Optional<URI> publicUrl();

    interface Events {
        /** Where people can read the runbooks, a file for each reason. Each Event then says where its own is. */
        Optional<URI> runbookBaseUrl();
    }

    /** The endpoints of a catalog with {@code cloud: Custom}; both are needed. */
    interface CustomCloud {
        /** The login service: scheme, host and port, without a path. */
        Optional<URI> loginUrl();

        /** Microsoft Graph: scheme, host and port, without a path. */
        Optional<URI> graphUrl();
    }

    interface Tls {
        /** A PEM file with trust anchors beside the Java runtime's, for login, Graph and probes. */
        Optional<Path> caBundle();
    }

    interface Proxy {
        /**
         * The operator's own forward proxy to login and Graph, as {@code http://host:port} or {@code https://host:port}.
         * Neither the API server nor the endpoints of customers are reached through it.
         */
        Optional<URI> url();

        /** The user name that the proxy asks for with the Basic scheme. */
        Optional<String> username();

        /** The password that belongs to it. */
        Optional<String> password();
    }

    interface Verification {
        /** The time between two checks of an onboarding that names none itself. */
        @WithDefault("5m")
        Duration interval();

        /** How long evidence counts, at least; three intervals if that is longer. */
        @WithDefault("15m")
        Duration freshness();

        /** How many requests to Microsoft Graph are under way at once. A quarter more onboardings are checked at once. */
        @WithDefault("64")
        int maxConcurrent();

        /** How long a grant that was there has to stay away before it is called revoked. */
        @WithDefault("30s")
        Duration revocationConfirmation();

        /** How long after a consent its grants may not show yet. */
        @WithDefault("2m")
        Duration propagation();

        /**
         * How long after the verifier's credential changed Entra ID may refuse it here and there before it is called
         * invalid.
         */
        @WithDefault("5m")
        Duration credentialPropagation();

        /** How long an unknown catalog or a similar mistake may heal by itself before it is called stalled. */
        @WithDefault("2m")
        Duration stallAfter();

        /** How long the permissions that a resource API defines are remembered for a tenant. */
        @WithDefault("6h")
        Duration definitions();

        /** How long a connection to login, Graph, a proxy or an endpoint may take to be established. */
        @WithDefault("10s")
        Duration connectTimeout();

        /** How long one request to login or Graph, or one probe, may take altogether. */
        @WithDefault("30s")
        Duration requestTimeout();
    }

    interface Network {
        /**
         * Address ranges (CIDR) that probes may dial although they are private, such as that of a proxy inside the
         * cluster.
         */
        Optional<List<String>> allowedRanges();

        /**
         * Address ranges (CIDR) that probes may not dial although they look public: those of the cluster's Services, pods
         * and nodes, where they are not private. Where an allowed range is in one, the narrower of the two counts.
         */
        Optional<List<String>> deniedRanges();

        /**
         * Address ranges that probes may dial for the onboardings of one namespace alone, each as {@code
         * customer-contoso=10.20.0.0/28}.
         */
        Optional<List<String>> namespaceRanges();

        /**
         * How long a probe holds a WebSocket open without a word, so that idle timeouts on the way show; 0s for not at
         * all. A SignalR server gives its clients 15 seconds before it closes a silent connection itself.
         */
        @WithDefault("10s")
        Duration websocketHold();

        /** When an endpoint is looked at again that answered otherwise than before, at the latest. */
        @WithDefault("30s")
        Duration confirmation();

        /** How many endpoints are probed at once; one onboarding has at most half of these turns. */
        @WithDefault("64")
        int maxConcurrent();
    }

    interface Metrics {
        /**
         * Whether the conditions and the last verification of each onboarding are series of their own. Ten thousand
         * onboardings have sixty thousand.
         */
        @WithDefault("false")
        boolean perOnboarding();
    }

    /** How several releases of the operator share the onboardings. */
    interface Sharding {
        /** Which onboardings this release verifies, as a label selector; without one all of them. */
        Optional<String> selector();

        /**
         * Whether this release writes the catalogs' statuses and looks for onboardings that no release verifies, as one of
         * them has to. The default is true without a selector, and false with one.
         */
        Optional<Boolean> catalogs();

        /** What the metrics of this release have as the label {@code shard}; the default is the Lease's name. */
        Optional<String> name();
    }

    /** Which of several onboardings of one tenant verifies it. */
    interface Claims {
        /**
         * Whether only the oldest does: of those with the same cloud, tenant and verifier, in namespaces that may use the
         * catalog. Otherwise all do, and each shows what the tenant has granted.
         */
        @WithDefault("true")
        boolean enabled();
    }

    /** The page for the customers' administrators. */
    interface Page {
        /** Whether there is one. Each status then says where, below the public URL. */
        @WithDefault("false")
        boolean enabled();

        /**
         * The Secret in the operator's namespace that holds the keys of the links, each at least 32 bytes in an entry {@code
         * key-<number>}. The greatest number signs, the others still count. The operator creates it where it is missing.
         */
        @WithDefault("tenant-onboarding-page-keys")
        String keySecret();

        /** In mode Page: the folder that this Secret is mounted in. */
        Optional<Path> keyDirectory();

        /** In mode Page: how many requests a minute one link is good for. */
        @WithDefault("240")
        int requestsPerLink();

        /** In mode Page: how many requests a minute one address may send; an IPv6 network of 64 bits counts as one. */
        @WithDefault("1200")
        int requestsPerAddress();

        /** In mode Page: how many open pages are told of changes at once, in all. */
        @WithDefault("2000")
        int maxStreams();

        /** In mode Page: as many at once of one link. */
        @WithDefault("50")
        int maxStreamsPerLink();

        /** In mode Page: as many at once of one address. */
        @WithDefault("200")
        int maxStreamsPerAddress();

        /**
         * In mode Page: addresses and networks (CIDR) of the proxies before it, which are believed when they say in
         * {@code X-Forwarded-For} for whom they ask.
         */
        Optional<List<String>> trustedProxies();

        /** The overview of the vendor's own people. */
        Vendor vendor();

        /** The overview of all onboardings at {@code /onboardings}, for people who sign in with OpenID Connect. */
        interface Vendor {
            /** Whether there is one. */
            @WithDefault("false")
            boolean enabled();

            /** The OpenID provider's issuer. */
            Optional<URI> issuer();

            /** The client that the provider knows this page as. */
            Optional<String> clientId();

            /** The file with the client's secret; it is read anew when it changes. */
            Optional<Path> clientSecretFile();

            /** Scopes that are asked for beside {@code openid}. */
            Optional<List<String>> scopes();

            /** The claim of the ID token with the person's groups; {@code /} leads into a claim. */
            @WithDefault("groups")
            String groupsClaim();

            /** Which namespaces each group sees: {@code {"onboarding-managers": ["customer-a", "team-*"], "admins": ["*"]}}. */
            Optional<String> groups();

            /** Whom people ask for access: a mail address, or an https URL. */
            Optional<String> contact();
        }
    }

    /**
     * Takes the exact name of a mode. One that was taken for another would verify in the page's place, or show pages in the
     * operator's.
     */
    final class ModeConverter implements Converter<Mode> {
        private static final long serialVersionUID = 1;

        @Override
        public Mode convert(String value) {
            return Arrays.stream(Mode.values())
                    .filter(it -> it.name().equals(value.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "onboarding.mode is \"" + value + "\", and has to be Operator or Page."));
        }
    }

    /** What a process of this program is. */
    enum Mode {
        /** Verifies tenants. */
        Operator,
        /** Shows the pages of the customers' administrators, and nothing else. */
        Page
    }

    /** How instances of the operator agree on the one that verifies. */
    interface LeaderElection {
        /** Whether they do; a single instance needs no lease. */
        @WithDefault("false")
        boolean enabled();

        /** The Lease in the operator's namespace; the same for all instances. */
        @WithDefault("tenant-onboarding-operator")
        String leaseName();

        /** How long the others wait for a leader that is silent, in whole seconds. */
        @WithDefault("15s")
        Duration leaseDuration();

        /** When a leader that could not renew its lease gives up. */
        @WithDefault("10s")
        Duration renewDeadline();

        /** The time between two attempts to get or to renew the lease. */
        @WithDefault("2s")
        Duration retryPeriod();
    }
}
