package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Remedy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong on the way to a service, for people. */
final class ConnectionProblem {

    /** What passes by itself, unless something is wrong with the way. */
    static final String NEXT =
            "The next check tries again. If it lasts, check the operator's way to Microsoft's login and"
                    + " Graph endpoints.";

    private ConnectionProblem() {}

    static Failure failure(String service, URI url, IOException problem) {
        return switch (problem) {
            case UnknownHostException _ ->
                failure(
                        service,
                        url,
                        "its name does not resolve",
                        "Check the cluster's DNS, or declare the operator's proxy.");
            case ConnectException _ ->
                failure(service, url, "no connection", "Allow the operator this host and port, or declare its proxy.");
            case SSLException tls ->
                failure(
                        service,
                        url,
                        "TLS failed (" + tls.getMessage() + ")",
                        "If a proxy inspects TLS, add its certificate authority to the operator's CA bundle.");
            case InterruptedIOException _ -> failure(service, url, "no complete answer in time", NEXT);
            // OkHttp has no type of its own for this.
            case IOException cut
            when String.valueOf(cut.getMessage()).startsWith("unexpected end of stream") ->
                failure(service, url, "the connection ended in the middle of the answer", NEXT);
            default -> failure(service, url, problem.getMessage(), NEXT);
        };
    }

    /** Whether the service gave no answer at all, or not the whole of it. */
    static boolean unanswered(IOException problem) {
        return !(problem instanceof UselessAnswerException);
    }

    private static Failure failure(String service, URI url, String what, String next) {
        return new Failure(
                Failure.Reason.GraphUnavailable,
                service + " at " + url.getAuthority() + " could not be read: " + what + ".",
                new Remedy.Instruction(next),
                Optional.empty(),
                Optional.of(url),
                false);
    }
}
