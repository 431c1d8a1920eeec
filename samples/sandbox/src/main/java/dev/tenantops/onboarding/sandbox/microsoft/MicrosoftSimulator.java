package dev.tenantops.onboarding.sandbox.microsoft;

import dev.tenantops.onboarding.sandbox.CertificateAuthority;
import java.net.URI;

/** Entra ID and Microsoft Graph on one port. */
public final class MicrosoftSimulator implements AutoCloseable {

    private final SimulatedDirectory directory;
    private final RequestLog requests = new RequestLog();

    private MicrosoftSimulator(SimulatedDirectory directory) {
        this.directory = directory;
    }

    public static MicrosoftSimulator start(CertificateAuthority authority, int port, SimulatedDirectory directory) {
        return new MicrosoftSimulator(directory);
    }

    public URI url() {
        throw new UnsupportedOperationException("being written");
    }

    public SimulatedDirectory directory() {
        return directory;
    }

    public RequestLog requests() {
        return requests;
    }

    @Override
    public void close() {}
}
