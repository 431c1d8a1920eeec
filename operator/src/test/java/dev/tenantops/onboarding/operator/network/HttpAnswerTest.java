package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.network.HttpAnswer.Closed;
import dev.tenantops.onboarding.operator.network.HttpAnswer.Head;
import dev.tenantops.onboarding.operator.network.HttpAnswer.NotHttp;
import dev.tenantops.onboarding.operator.network.HttpAnswer.TooLong;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

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

        assertThat(answer).isInstanceOfSatisfying(Head.class, it -> {
            assertThat(it.status()).isEqualTo(407);
            assertThat(ProxyChallenges.schemes(it.headers().getAll("proxy-authenticate")))
                    .containsExactly(schemes.isEmpty() ? new String[0] : schemes.split(" "));
        });
    }

    @Test
    void interimResponsesAreSkippedAndASwitchOfProtocolsIsFinal() throws IOException {
        assertThat(
                        status(
                                read(
                                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\n\r\n")))
                .isEqualTo(204);
        assertThat(status(read("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")))
                .isEqualTo(101);
    }

    @Test
    void interimResponsesWithoutEndAreCutOff() throws IOException {
        assertThat(read("HTTP/1.1 102 Processing\r\n\r\n".repeat(1000))).isEqualTo(new TooLong());
    }

    @Test
    void notAByteBehindTheHeaderIsTaken() throws IOException {
        var in = stream("HTTP/1.1 200 OK\r\n\r\ntunnel");

        assertThat(status(HttpAnswer.read(in))).isEqualTo(200);
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

        assertThat(HttpAnswer.read(in)).isEqualTo(new TooLong());
        assertThat(in.available()).isGreaterThan(100_000 - HttpAnswer.HEAD_LIMIT_BYTES);
    }

    private static int status(HttpAnswer answer) {
        return ((Head) answer).status();
    }

    private static HttpAnswer read(String answer) throws IOException {
        return HttpAnswer.read(stream(answer));
    }

    private static ByteArrayInputStream stream(String answer) {
        return new ByteArrayInputStream(answer.getBytes(StandardCharsets.ISO_8859_1));
    }
}
