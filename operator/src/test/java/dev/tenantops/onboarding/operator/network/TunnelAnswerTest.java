package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.network.TunnelAnswer.Closed;
import dev.tenantops.onboarding.operator.network.TunnelAnswer.NotHttp;
import dev.tenantops.onboarding.operator.network.TunnelAnswer.Status;
import dev.tenantops.onboarding.operator.network.TunnelAnswer.TooLong;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TunnelAnswerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Basic realm=\"proxy\"|Basic",
                "basic|Basic",
                "Negotiate, NTLM|Negotiate NTLM",
                "Negotiate, Basic realm=\"a, Digest b\", charset=\"UTF-8\"|Basic Negotiate",
                "Digest realm=\"x\", qop=\"auth\", basic=\"no\"|Digest",
                "Digest realm=\"say \\\"Basic\\\"\"|Digest",
                "Unheard realm=\"x\"|''"
            })
    void theSchemesThatAProxyOffers(String challenges, String schemes) throws IOException {
        var answer = read("HTTP/1.1 407 Authentication Required\r\nProxy-Authenticate: " + challenges + "\r\n\r\n");

        assertThat(answer).isInstanceOfSatisfying(Status.class, it -> {
            assertThat(it.code()).isEqualTo(407);
            assertThat(String.join(" ", it.schemes())).isEqualTo(schemes);
        });
    }

    @Test
    void otherHeadersOfferNoScheme() throws IOException {
        assertThat(read("HTTP/1.0 407 Basic\r\nWWW-Authenticate: Basic\r\nX-Proxy-Authenticate: Basic\r\n\r\n"))
                .isEqualTo(new Status(407, List.of()));
    }

    @Test
    void notAByteBehindTheHeaderIsTaken() throws IOException {
        var in = stream("HTTP/1.1 200 OK\r\n\r\ntunnel");

        assertThat(TunnelAnswer.read(in)).isEqualTo(new Status(200, List.of()));
        assertThat(in.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("tunnel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nVia: x\r\n"})
    void anAnswerThatEndsBeforeItsHeaderIsClosed(String answer) throws IOException {
        assertThat(read(answer)).isEqualTo(new Closed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2 200\r\n\r\n", "\u0015\u0003\u0001", "HTTP/1.1 2000 OK\r\n\r\n", "<html>"})
    void whatIsNoHttpResponseIsToldAtOnce(String answer) throws IOException {
        assertThat(read(answer)).isEqualTo(new NotHttp());
    }

    @Test
    void aHeaderIsReadUpToTheLimitOnly() throws IOException {
        var in = stream("HTTP/1.1 200 OK\r\nX-Filler: " + "x".repeat(100_000));

        assertThat(TunnelAnswer.read(in)).isEqualTo(new TooLong());
        assertThat(in.available()).isGreaterThan(100_000 - TunnelAnswer.HEADER_LIMIT_BYTES);
    }

    private static TunnelAnswer read(String answer) throws IOException {
        return TunnelAnswer.read(stream(answer));
    }

    private static ByteArrayInputStream stream(String answer) {
        return new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1));
    }
}
