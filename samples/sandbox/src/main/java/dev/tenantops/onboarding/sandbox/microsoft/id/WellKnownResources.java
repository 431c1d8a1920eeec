package dev.tenantops.onboarding.sandbox.microsoft.id;

import java.util.Collection;
import java.util.Map;

/** The APIs that a catalog may name without their appId. */
public final class WellKnownResources {

    public static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";
    static final String EXCHANGE_ONLINE = "00000002-0000-0ff1-ce00-000000000000";
    static final String AZURE_COMMUNICATION_SERVICES = "1fd5118e-2576-4263-8130-9503064c837a";

    private static final Map<String, String> APP_IDS = Map.of(
            "MicrosoftGraph", MICROSOFT_GRAPH,
            "ExchangeOnline", EXCHANGE_ONLINE,
            "AzureCommunicationServices", AZURE_COMMUNICATION_SERVICES);

    private WellKnownResources() {}

    public static Collection<String> all() {
        return APP_IDS.values();
    }

    /** The appId of a well-known name, or the appId itself. */
    public static String appId(String nameOrAppId) {
        String known = APP_IDS.get(nameOrAppId);
        return known != null
                ? known
                : Guid.require(
                        "An id beside the names MicrosoftGraph, ExchangeOnline and AzureCommunicationServices",
                        nameOrAppId);
    }
}
