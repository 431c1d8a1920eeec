package dev.tenantops.onboarding.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.operator.Samples;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLogTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aLineNamesTheOnboardingAndItsTenantUntilTheCheckIsOver() throws IOException {
        MDC.put("name", "outer");
        try (var context = LogContext.of(Samples.onboardingOf("c0470500"))) {
            assertThat(context).isNotNull();
            assertThat(line())
                    .containsEntry(
                            "mdc", Map.of("namespace", "customer-contoso", "name", "contoso", "tenantId", "c0470500"));
        } finally {
            assertThat(line()).containsEntry("mdc", Map.of("name", "outer"));
            MDC.remove("name");
        }
    }

    @Test
    void aLineOfWhatIsTracedNamesTheTraceBesideTheOnboarding() throws IOException {
        try (var _ = LogContext.of(Samples.onboardingOf("c0470500"));
                var _ = LogContext.ofTrace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")) {
            assertThat(line().get("mdc"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("name", "contoso")
                    .containsEntry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")
                    .containsEntry("spanId", "00f067aa0ba902b7");
        }
        assertThat(line().get("mdc"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .isEmpty();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> line() throws IOException {
        var entry = new ExtLogRecord(Level.INFO, "A message", JsonLogTest.class.getName());
        entry.copyMdc();
        return json.readValue(new JsonFormatter().format(entry), Map.class);
    }
}
