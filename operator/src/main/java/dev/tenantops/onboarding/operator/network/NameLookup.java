package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks up the first hop, within the deadline. */
final class NameLookup {

    /** Where names come from. */
    @FunctionalInterface
    interface Names {
        List<InetAddress> addressesOf(String host) throws UnknownHostException;
    }

    private final Names names;

    NameLookup(Names names) {
        this.names = names;
    }

    StageOutcome<List<InetAddress>> lookUp(Route route, Deadline deadline) {
        String host = route.firstHop().host();
        FutureTask<List<InetAddress>> task = new FutureTask<>(() -> names.addressesOf(host));
        // The JDK's look-up knows no timeout and would pin the carrier of a virtual thread.
        Thread.ofPlatform().daemon().name("probe-dns").start(task);
        try {
            return new StageOutcome.Passed<>(task.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                return failed(route, "has no address in the DNS that this cluster uses");
            }
            throw new IllegalStateException("The look-up of " + host + " failed in an unknown way", e.getCause());
        } catch (TimeoutException _) {
            return failed(route, "was not resolved: the DNS that this cluster uses did not answer in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The probe was interrupted");
        }
    }

    private static StageOutcome<List<InetAddress>> failed(Route route, String what) {
        String host = route.firstHop().host();
        String next = route.proxy().isPresent()
                ? "Correct spec.network.proxy.url, or let the cluster's DNS resolve this name."
                : "Correct the endpoint's URL in the catalog, let the cluster's DNS resolve this name, or declare the"
                        + " customer's proxy in spec.network.proxy.";
        return StageOutcome.stopped(
                Stage.Dns, Reason.DnsFailed, "Tried " + route + ": the name " + host + " " + what + ". " + next);
    }
}
