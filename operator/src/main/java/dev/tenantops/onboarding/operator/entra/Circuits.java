package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.entra.RequestListener.Service;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * A circuit for each place where a service is.
 *
 * @param <C> why there was no answer
 */
final class Circuits<C> {

    private static final Logger LOG = Logger.getLogger(Circuits.class);

    private final Service service;
    private final Ticker ticker;
    private final RequestListener listener;
    private final Map<URI, Circuit<C>> circuits = new ConcurrentHashMap<>();

    Circuits(Service service, Ticker ticker, RequestListener listener) {
        this.service = service;
        this.ticker = ticker;
        this.listener = listener;
    }

    Circuit<C> to(URI url) {
        return circuits.computeIfAbsent(url, it -> {
            listener.circuit(service, it, false);
            return new Circuit<>(ticker, () -> ThreadLocalRandom.current().nextDouble(), state -> changed(it, state));
        });
    }

    private void changed(URI url, Circuit.State state) {
        listener.circuit(service, url, state.open());
        if (state.open()) {
            LOG.warnf(
                    "%s at %s gives no answer to any tenant. Checks that need it fail at once, and one at a time tries"
                            + " again from %d s on; the condition VerifierAuthorized says why.",
                    service.title(), url.getAuthority(), state.pause().toSeconds());
        } else {
            LOG.infof("%s at %s answers again.", service.title(), url.getAuthority());
        }
    }
}
