package dev.tenantops.onboarding.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Resource APIs that catalogs may call by name. Their appIds are the same in every tenant. Source:
 * https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
 *
 * <p>A new one is a value here, and a word in both lists below it. The definition lets it through after {@code make crds}.
 */
public enum WellKnownResource {
    MicrosoftGraph("00000003-0000-0000-c000-000000000000", Publisher.Microsoft),
    AzureCommunicationServices("1fd5118e-2576-4263-8130-9503064c837a", Publisher.Microsoft),
    ExchangeOnline("00000002-0000-0ff1-ce00-000000000000", Publisher.Microsoft);

    /** All of them, for people. An annotation takes constants only. */
    static final String NAMES = "MicrosoftGraph, AzureCommunicationServices, ExchangeOnline";

    /** All of them, for a rule of the definition. */
    static final String LIST = "['MicrosoftGraph', 'AzureCommunicationServices', 'ExchangeOnline']";

    private static final Set<String> MICROSOFTS = Arrays.stream(values())
            .filter(it -> it.publisher == Publisher.Microsoft)
            .map(WellKnownResource::appId)
            .collect(Collectors.toUnmodifiableSet());

    private final String appId;
    private final Publisher publisher;

    /** Who defines what there is to permit. */
    private enum Publisher {
        /** Microsoft does, for all tenants of a cloud alike. */
        Microsoft,
        /** Whoever registered it; administrators of a tenant may edit what it has there. */
        Other
    }

    WellKnownResource(String appId, Publisher publisher) {
        this.appId = appId;
        this.publisher = publisher;
    }

    /** Its appId, in lower case. */
    public String appId() {
        return appId;
    }

    /** The appId, in lower case, of a resource that is given by name or by appId. */
    public static String appIdOf(String resource) {
        return find(it -> it.name().equals(resource))
                .map(WellKnownResource::appId)
                .orElseGet(() -> resource.toLowerCase(Locale.ROOT));
    }

    /** The name for people of the resource with an appId; the appId itself where it has none here. */
    public static String nameOf(String appId) {
        return find(it -> it.appId.equalsIgnoreCase(appId)).map(Enum::name).orElse(appId);
    }

    /** Whether the API with an appId defines the same permissions in all tenants of a cloud, as only Microsoft's do. */
    public static boolean isMicrosofts(String appId) {
        return MICROSOFTS.contains(appId);
    }

    private static Optional<WellKnownResource> find(Predicate<WellKnownResource> wanted) {
        return Arrays.stream(values()).filter(wanted).findFirst();
    }
}
