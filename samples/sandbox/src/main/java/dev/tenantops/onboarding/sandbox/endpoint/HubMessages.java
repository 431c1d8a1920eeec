package dev.tenantops.onboarding.sandbox.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;

/** Messages of the SignalR hub protocol in its JSON encoding (HubProtocol.md and TransportProtocols.md of ASP.NET Core). */
final class HubMessages {

    /** What ends each message. */
    static final char RECORD_SEPARATOR = '\u001e';

    static final String PING = "{\"type\":6}" + RECORD_SEPARATOR;
    static final String HANDSHAKE_ACCEPTED = "{}" + RECORD_SEPARATOR;

    private static final int CLOSE_TYPE = 7;
    private static final ObjectMapper JSON = new ObjectMapper();

    private HubMessages() {}

    static String handshakeRefused(String error) {
        return JSON.createObjectNode().put("error", error).toString() + RECORD_SEPARATOR;
    }

    /** Why the client's first message, given without its separator, is no handshake that this server accepts. */
    static Optional<String> refusal(String handshake) {
        Optional<JsonNode> message = parse(handshake);
        if (message.isEmpty()
                || !message.get().path("protocol").isTextual()
                || !message.get().path("version").isInt()) {
            return Optional.of("The first message must be a handshake with a protocol and a version.");
        }
        String protocol = message.get().get("protocol").textValue();
        int version = message.get().get("version").intValue();
        if (!protocol.equals("json")) {
            return Optional.of("The protocol '" + protocol + "' is not supported.");
        }
        return version == 1 ? Optional.empty() : Optional.of("The version " + version + " is not supported.");
    }

    static boolean isClose(String message) {
        return parse(message)
                .filter(it -> it.path("type").asInt() == CLOSE_TYPE)
                .isPresent();
    }

    /**
     * What a client learns before it connects.
     *
     * @param version what the client asked for; 1 is the highest that there is
     */
    static String negotiation(int version) {
        ObjectNode response = JSON.createObjectNode();
        response.put("negotiateVersion", Math.clamp(version, 0, 1));
        response.put("connectionId", UUID.randomUUID().toString());
        if (version >= 1) {
            response.put("connectionToken", UUID.randomUUID().toString());
        }
        ObjectNode webSockets = response.putArray("availableTransports").addObject();
        webSockets.put("transport", "WebSockets");
        webSockets.putArray("transferFormats").add("Text").add("Binary");
        return response.toString();
    }

    private static Optional<JsonNode> parse(String message) {
        try {
            return Optional.of(JSON.readTree(message));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
