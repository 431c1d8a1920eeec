package dev.tenantops.onboarding.operator.entra;

import com.microsoft.kiota.RequestOption;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * One reading of one tenant: where to, and with which token. It travels with each request as an option, so that one
 * client serves all tenants. Not for several threads at once.
 */
final class GraphSession implements RequestOption {

    private final CloudEndpoints cloud;
    private final String tenantId;
    private final HttpUrl origin;
    private final String accessToken;
    private int requests;
    private boolean unauthorized;
    private boolean denied;
    private int refusalsOfIsDisabled;
    private Optional<Failure> unanswered = Optional.empty();

    GraphSession(CloudEndpoints cloud, String tenantId, String accessToken) {
        this.cloud = cloud;
        this.tenantId = tenantId;
        this.origin = HttpUrl.get(cloud.graph());
        this.accessToken = accessToken;
    }

    CloudEndpoints cloud() {
        return cloud;
    }

    String tenantId() {
        return tenantId;
    }

    String accessToken() {
        return accessToken;
    }

    /** Whether a URL belongs to the Microsoft Graph of this session. */
    boolean reaches(HttpUrl url) {
        return url.isHttps()
                && url.scheme().equals(origin.scheme())
                && url.host().equals(origin.host())
                && url.port() == origin.port();
    }

    /** Remembers that one more request was to be made, even if it was not. */
    void asks() {
        requests++;
    }

    /** How many requests were to be made so far. */
    int requests() {
        return requests;
    }

    /** Remembers what an error of Graph says about the whole session. */
    void heed(GraphError error) {
        unauthorized |= error.status() == 401;
        denied |= error.status() == 403;
        refusalsOfIsDisabled += error.status() == 400 && error.message().contains("isDisabled") ? 1 : 0;
    }

    /** Remembers that Graph gives no answer to anybody. */
    void unanswered(Failure failure) {
        unanswered = Optional.of(failure);
    }

    /** Why Graph gave no answer. */
    Optional<Failure> unanswered() {
        return unanswered;
    }

    /** True once Graph refused the token itself. */
    boolean unauthorized() {
        return unauthorized;
    }

    /** True once the token lacked a role; a newer one may have it. */
    boolean denied() {
        return denied;
    }

    /** How often Graph had something against a read and named the property {@code isDisabled}. */
    int refusalsOfIsDisabled() {
        return refusalsOfIsDisabled;
    }

    @SuppressWarnings("unchecked")
    @Override
    public <T extends RequestOption> Class<T> getType() {
        return (Class<T>) GraphSession.class;
    }
}
