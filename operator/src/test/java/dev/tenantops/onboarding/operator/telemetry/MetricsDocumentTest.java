package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code make docs} writes the document anew. */
class MetricsDocumentTest {

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(MetricsDocument.FILE, MetricsDocument.written(MetricsDocument.read()));
        }
    }

    @Test
    void theDocumentHasEveryMetricAsItIsDefined() {
        assertThat(MetricsDocument.read())
                .as("run make docs and commit what it writes")
                .isEqualTo(MetricsDocument.written(MetricsDocument.read()));
    }

    @Test
    void metricsHaveTheOperatorsPrefixAndTheUnitsOfPrometheus() {
        assertThat(Metric.values()).allSatisfy(it -> {
            assertThat(it.series()).startsWith("tenant_onboarding_").matches("[a-z_]+");
            assertThat(it.series().endsWith("_total")).as(it.series()).isEqualTo(it.type() == Metric.Type.Counter);
            assertThat(it.series()).doesNotContain("_ms", "_millis", "_minutes", "_ratio");
            assertThat(it.help()).endsWith(".");
        });
        assertThat(Arrays.stream(Metric.values()).map(Metric::series)).doesNotHaveDuplicates();
    }
}
