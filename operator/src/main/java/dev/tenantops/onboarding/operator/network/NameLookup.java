package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Looks up the first hop, within the deadline. */
final class NameLookup {

    /** Where names come from. */
    @FunctionalInterface
    interface Names {
        /**
         * Blocks until there is an answer.
         *
         * @throws UnknownHostException if the name has no address
         * @throws TimeoutException if there is none within that time
         */
        List<InetAddress> addressesOf(String host, Duration atMost)
                throws UnknownHostException, TimeoutException, InterruptedException;
    }

    private final Names names;

    NameLookup(Names names) {
        this.names = names;
    }

    StageOutcome<List<InetAddress>> lookUp(Route route, Deadline deadline) {
        try {
            return new StageOutcome.Passed<>(names.addressesOf(route.firstHop().host(), deadline.remaining()));
        } catch (UnknownHostException _) {
            return failed(route, Reason.DnsFailed, "has no address in the DNS that this cluster uses");
        } catch (TimeoutException _) {
            return failed(
                    route,
                    Reason.DnsTimedOut,
                    "was not resolved: the DNS that this cluster uses did not answer in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return failed(route, Reason.DnsTimedOut, "was not resolved: the look-up was interrupted");
        }
    }

    private static StageOutcome<List<InetAddress>> failed(Route route, Reason reason, String what) {
        var next = route.proxy().isPresent()
                ? "Correct " + route.setting().url() + ", or let the cluster's DNS resolve this name"
                : "Correct the endpoint's URL, let the cluster's DNS resolve this name, or "
                        + route.setting().declare();
        return StageOutcome.stopped(
                Stage.Dns, reason, "the name " + route.firstHop().host() + " " + what, next);
    }
}
