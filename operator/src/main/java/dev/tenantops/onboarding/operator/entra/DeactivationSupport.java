package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which clouds Microsoft Graph has the property {@code isDisabled} of service principals: Microsoft's clouds get new
 * properties one after the other. One that did not have it is asked anew soon, by one reading at a time.
 */
final class DeactivationSupport {

    /** What two readings an hour and a cloud cost is nothing, and nobody should go unnoticed for long. */
    private static final Duration ASKED_ANEW = Duration.ofMinutes(10);

    private final Ticker ticker;

    /** When a cloud was last asked that did not have it. */
    private final Map<CloudEndpoints, Long> unknown = new ConcurrentHashMap<>();

    DeactivationSupport(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whether a reading should ask for it; whoever may ask a cloud that did not have it is the only one to do so. */
    boolean isToBeAskedFor(CloudEndpoints cloud) {
        var asked = unknown.get(cloud);
        var now = ticker.read();
        return asked == null || now - asked >= ASKED_ANEW.toNanos() && unknown.replace(cloud, asked, now);
    }

    /** Whether nothing is known against it. */
    boolean isShown(CloudEndpoints cloud) {
        return !unknown.containsKey(cloud);
    }

    /** The cloud answered a reading that asked for it. */
    void known(CloudEndpoints cloud) {
        if (!unknown.isEmpty()) {
            unknown.remove(cloud);
        }
    }

    /** It was proven that the cloud does not have it. */
    void unknown(CloudEndpoints cloud) {
        unknown.put(cloud, ticker.read());
    }
}
