package dev.tenantops.onboarding.operator.desired;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Resource APIs that catalogs may call by name. Their appIds are the same in every tenant. Source: Microsoft Learn,
 * "First-party Microsoft applications in sign-in reports".
 */
public enum WellKnownResource {
    MicrosoftGraph("00000003-0000-0000-c000-000000000000"),
    AzureCommunicationServices("1fd5118e-2576-4263-8130-9503064c837a"),
    ExchangeOnline("00000002-0000-0ff1-ce00-000000000000");

    private final String appId;

    WellKnownResource(String appId) {
        this.appId = appId;
    }

    public String appId() {
        return appId;
    }

    /** The appId, in lower case, of a resource that is given by name or by appId. */
    public static String appIdOf(String resource) {
        return Arrays.stream(values())
                .filter(it -> it.name().equals(resource))
                .findFirst()
                .map(WellKnownResource::appId)
                .orElseGet(() -> resource.toLowerCase(Locale.ROOT));
    }

    /** The name for people of the resource with an appId; the appId itself where it has none here. */
    public static String nameOf(String appId) {
        Optional<WellKnownResource> known = Arrays.stream(values())
                .filter(it -> it.appId.equalsIgnoreCase(appId))
                .findFirst();
        return known.map(Enum::name).orElse(appId);
    }
}
