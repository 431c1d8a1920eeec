package dev.tenantops.onboarding.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each key stands wherever people look for it. */
class OnboardingConfigTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern DOCUMENTED =
            Pattern.compile("\\| `(onboarding\\.[a-z.-]+)` \\| `(ONBOARDING_[A-Z_]+)` \\|");
    private static final Pattern SET = Pattern.compile("- name: (ONBOARDING_[A-Z_]+)");

    @Test
    void theReadmeDocumentsEveryKeyAndNoOther() throws IOException {
        assertThat(matches("README.md", DOCUMENTED)).containsExactlyInAnyOrderElementsOf(keys().toList());
    }

    @Test
    void theChartSetsEveryKeyAndNoOther() throws IOException {
        assertThat(matches("helm/tenant-onboarding-operator/templates/_env.tpl", SET))
                .containsExactlyInAnyOrderElementsOf(
                        keys().map(OnboardingConfigTest::variable).toList());
    }

    private static Stream<String> matches(String file, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(REPOSITORY.resolve(file)))
                .results()
                .map(it -> it.group(1));
    }

    private static Stream<String> keys() {
        return keys(OnboardingConfig.class, "onboarding");
    }

    private static Stream<String> keys(Class<?> group, String prefix) {
        return Stream.of(group.getDeclaredMethods()).flatMap(it -> {
            String key = prefix + "." + kebab(it);
            return it.getReturnType().getEnclosingClass() == group ? keys(it.getReturnType(), key) : Stream.of(key);
        });
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
