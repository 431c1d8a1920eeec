package dev.tenantops.onboarding.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessUsageTest {

    private static final long SELF = ProcessHandle.current().pid();

    @Test
    void aProcessTakesMemoryAndThreadsAndHasUsedTime() {
        ProcessUsage usage = ProcessUsage.of(SELF);
        assertThat(usage.cpu()).isPositive();
        assertThat(usage.threads()).isPositive();
        assertThat(usage.residentKib()).isPositive().isLessThanOrEqualTo(usage.peakKib());
    }

    @Test
    void connectionsAreCountedByThePortThatTheyLeadTo() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            assertThat(ProcessUsage.connections(SELF, port)).isZero();
            try (Socket first = new Socket(server.getInetAddress(), port);
                    Socket second = new Socket(server.getInetAddress(), port)) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                assertThat(ProcessUsage.connections(SELF, port)).isEqualTo(2);
            }
        }
    }
}
