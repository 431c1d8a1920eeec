package dev.tenantops.onboarding.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.io.IOException;
import java.util.List;
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
        try (var context = LogContext.of(onboarding())) {
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

    private static TenantOnboarding onboarding() {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("customer-contoso")
                .withName("contoso")
                .build());
        onboarding.setSpec(new TenantOnboardingSpec("c0470500", List.of(), null, null, false));
        return onboarding;
    }
}
