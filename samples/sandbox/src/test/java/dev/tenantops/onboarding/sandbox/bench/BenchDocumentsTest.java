package dev.tenantops.onboarding.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Documents have the figures of the committed result. {@code make docs} takes over what {@code make bench} measured last, if
 * it is of as many onboardings, and writes them anew; then {@code make chart} has work to do.
 */
class BenchDocumentsTest {

    private static final String HINT = "run make docs chart and commit what they write";

    @BeforeAll
    static void write() throws IOException {
        if (!Boolean.getBoolean("docs.write")) {
            return;
        }
        Path measured = OperatorSandbox.target().resolve("bench.json");
        if (Files.exists(measured) && isOfAsMany(measured)) {
            Files.copy(measured, BenchDocuments.RESULT, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(BenchDocuments.PAGE, documents().page(Files.readString(BenchDocuments.PAGE)));
        Files.writeString(BenchDocuments.VALUES, documents().values(Files.readString(BenchDocuments.VALUES)));
    }

    private static boolean isOfAsMany(Path measured) {
        return BenchResult.read(measured).largest().onboardings()
                >= BenchResult.read(BenchDocuments.RESULT).largest().onboardings();
    }

    @Test
    void thePageHasTheTablesOfTheResult() throws IOException {
        String page = Files.readString(BenchDocuments.PAGE);
        assertThat(page).as(HINT).isEqualTo(documents().page(page));
    }

    @Test
    void theChartSaysWhatMemoryTheResultAsksFor() throws IOException {
        String values = Files.readString(BenchDocuments.VALUES);
        assertThat(values).as(HINT).isEqualTo(documents().values(values));
    }

    private static BenchDocuments documents() {
        return new BenchDocuments(BenchResult.read(BenchDocuments.RESULT));
    }
}
