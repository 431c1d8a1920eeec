package dev.tenantops.onboarding.operator.observe;

import java.util.Map;

/**
 * An API that something is granted on although nobody asked for it: as much of it as names the grant for people. It is
 * no {@link ResourceServicePrincipal}, so that nothing can be judged granted or missing by it.
 *
 * @param appId the API's appId, in lower case
 * @param appRoles the values of its application permissions by id, at least of those that are granted; empty where the
 *     API gives none
 */
public record OtherResource(String appId, Map<String, String> appRoles) {

    public OtherResource {
        appRoles = Map.copyOf(appRoles);
    }
}
