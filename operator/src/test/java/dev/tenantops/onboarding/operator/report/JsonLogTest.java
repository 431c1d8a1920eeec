package dev.tenantops.onboarding.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.operator.Samples;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.util.Map;
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

    @SuppressWarnings("unchecked")
    private Map<String, Object> line() throws IOException {
        var entry = new ExtLogRecord(Level.INFO, "A message", JsonLogTest.class.getName());
        entry.copyMdc();
        return json.readValue(new JsonFormatter().format(entry), Map.class);
    }
}
