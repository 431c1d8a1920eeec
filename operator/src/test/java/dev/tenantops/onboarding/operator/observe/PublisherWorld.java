package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.util.List;
import java.util.Map;

/** A publisher's own tenant to read. It starts with Microsoft Graph and with a verifier that may read registrations. */
public interface PublisherWorld {

    PublisherDirectory directory();

    CloudEndpoints cloud();

    String tenantId();

    Verifier verifier();

    /** @param permissions what it requests on Microsoft Graph */
    void register(String clientId, List<String> replyUrls, Map<String, PermissionType> permissions);

    /** From now on its own tenant alone can use it. */
    void close(String clientId);

    void delete(String clientId);

    void restore(String clientId);

    /** The verifier loses what it may read with. */
    void denyVerifier();

    void removeVerifier();
}
