package dev.tenantops.onboarding.operator.telemetry;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the environment says about traces, in the variables that OpenTelemetry defines.
 *
 * @param environment all variables of this process
 */
record TracingVariables(Map<String, String> environment) {

    /** The one that the exporter here speaks. */
    static final String PROTOCOL = "http/protobuf";

    private static final String PREFIX = "OTEL_";
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");
    private static final List<String> PROTOCOLS =
            List.of("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
    private static final List<String> CERTIFICATES = List.of("certificate", "client.key", "client.certificate");
    private static final Pattern PROPERTY = Pattern.compile("otel(?:\\.[a-z]+)+");

    /** Whether a collector is named, or the exporter, which then looks for one on the same host. */
    boolean on() {
        return !Boolean.parseBoolean(value("OTEL_SDK_DISABLED").orElse("false"))
                && value(EXPORTER)
                        .map(it -> !it.equals("none"))
                        .orElseGet(() -> first(ENDPOINTS).isPresent());
    }

    /** What the operator cannot do of that, with what to do instead; empty if it can, and where nothing is asked for. */
    Optional<String> problem() {
        return first(PROTOCOLS)
                .filter(it -> on() && !value(it).orElseThrow().equals(PROTOCOL))
                .map(it ->
                        "%s is not %s, which is what the operator sends. Set it so, and name the collector's port for it (4318, if nobody changed that) in %s"
                                .formatted(it, PROTOCOL, ENDPOINTS.getLast()));
    }

    /** Why OpenTelemetry refused the variables. What it says of them may repeat the headers, which are secrets. */
    String refused(RuntimeException refusal) {
        var names = Stream.iterate(
                        (Throwable) refusal, it -> it != null && it.getMessage() != null, Throwable::getCause)
                .flatMap(it -> PROPERTY.matcher(it.getMessage()).results())
                .map(it -> it.group().toUpperCase(Locale.ROOT).replace('.', '_'))
                .filter(environment::containsKey)
                .distinct()
                .toList();
        return (names.isEmpty()
                        ? "OpenTelemetry refuses a variable OTEL_…"
                        : "OpenTelemetry refuses " + names.getFirst())
                + ". Correct it, and look at endpoint, headers, certificates and sampler";
    }

    /** The name of the pod. */
    Optional<String> host() {
        return value("HOSTNAME");
    }

    /** The variables of OpenTelemetry by the names of its properties; the empty ones count as absent. */
    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }

    /** Whether whom the exporter trusts, or what it proves itself with, is said in files of its own. */
    static boolean certificates(ConfigProperties config) {
        return CERTIFICATES.stream()
                .flatMap(it -> Stream.of("otel.exporter.otlp." + it, "otel.exporter.otlp.traces." + it))
                .anyMatch(it -> config.getString(it) != null);
    }

    private Optional<String> first(List<String> names) {
        return names.stream().filter(it -> value(it).isPresent()).findFirst();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(it -> !it.isEmpty());
    }
}
