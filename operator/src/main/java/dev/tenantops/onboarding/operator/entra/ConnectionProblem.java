package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Failure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What went wrong on the way to a service, for people. */
final class ConnectionProblem {

    private ConnectionProblem() {}

    static Failure failure(String service, URI url, IOException problem) {
        return new Failure(
                Failure.Reason.GraphUnavailable,
                service + " at " + url.getAuthority() + " could not be read: " + describe(problem),
                Optional.empty(),
                Optional.of(url));
    }

    /** Whether the service gave no answer at all, or not the whole of it. */
    static boolean unanswered(IOException problem) {
        return !(problem instanceof UselessAnswerException);
    }

    private static String describe(IOException problem) {
        return switch (problem) {
            case UnknownHostException unknown ->
                "its name does not resolve. Check the cluster's DNS, or declare the operator's proxy.";
            case ConnectException refused ->
                "no connection. Allow the operator this host and port, or declare its proxy.";
            case SSLException tls ->
                "TLS failed (" + tls.getMessage()
                        + "). If a proxy inspects TLS, add its certificate authority to the operator's CA bundle.";
            case InterruptedIOException late -> "no complete answer in time. The next check tries again.";
            // OkHttp has no type of its own for this.
            case IOException cut
            when String.valueOf(cut.getMessage()).startsWith("unexpected end of stream") ->
                "the connection ended in the middle of the answer. The next check tries again.";
            default -> problem.getMessage() + ". The next check tries again.";
        };
    }
}
