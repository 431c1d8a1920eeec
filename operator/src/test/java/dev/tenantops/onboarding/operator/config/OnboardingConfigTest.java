package dev.tenantops.onboarding.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.CloudName;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each key stands wherever people look for it. */
class OnboardingConfigTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern DOCUMENTED =
            Pattern.compile("\\| `(onboarding\\.[a-z.<>-]+)` \\| `(ONBOARDING_[A-Z_<>]+)` \\| ([^|]+) \\|");
    private static final Pattern SET =
            Pattern.compile("- name: (ONBOARDING_[A-Z_]+(?:\\{\\{ upper \\$name }}[A-Z_]+)?)");

    @Test
    void theTableHasEveryKeyAndNoOtherWithItsVariableAndItsDefault() throws IOException {
        var rows = DOCUMENTED
                .matcher(Files.readString(REPOSITORY.resolve("docs/configuration.md")))
                .results()
                .toList();
        assertThat(rows)
                .extracting(it -> it.group(1))
                .containsExactlyInAnyOrderElementsOf(keys().map(Key::name).toList());
        assertThat(rows).allSatisfy(it -> {
            assertThat(it.group(2)).isEqualTo(variable(it.group(1)));
            assertThat(it.group(3)).startsWith(defaultOf(it.group(1)));
        });
    }

    @Test
    void theChartSetsEveryKeyAndNoOther() throws IOException {
        assertThat(matches("helm/tenant-onboarding-operator/templates/_env.tpl", SET)
                        .distinct())
                .extracting(it -> it.replace("{{ upper $name }}", "<NAME>"))
                .containsExactlyInAnyOrderElementsOf(
                        keys().map(it -> variable(it.name())).toList());
    }

    @Test
    void aCloudOfAnyNameIsReadFromTheEnvironmentToo() {
        var clouds = new ConfiguredClouds(config(Map.of(
                        "ONBOARDING_CLOUDS_BLEU_LOGIN_URL", "https://login.bleu.example",
                        "ONBOARDING_CLOUDS_BLEU_GRAPH_URL", "https://graph.bleu.example",
                        "ONBOARDING_CLOUDS_CUSTOM_LOGIN_URL", "https://login.example",
                        "ONBOARDING_CLOUDS_CUSTOM_GRAPH_URL", "https://graph.example",
                        "ONBOARDING_CLOUDS_HALF_LOGIN_URL", "https://login.half.example"))
                .clouds());
        assertThat(clouds.custom()).containsExactly("bleu", "custom");
        assertThat(clouds.endpoints(custom("bleu")).map(CloudEndpoints::graph))
                .contains(URI.create("https://graph.bleu.example"));
        assertThat(clouds.endpoints(custom("custom")).map(CloudEndpoints::login))
                .contains(URI.create("https://login.example"));
        assertThat(clouds.endpoints(custom("half"))).isEmpty();
        assertThat(clouds.endpoints(new CloudName(Cloud.China, Optional.empty())))
                .isEqualTo(CloudEndpoints.of(Cloud.China));
    }

    private static CloudName custom(String name) {
        return new CloudName(Cloud.Custom, Optional.of(name));
    }

    private static OnboardingConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(OnboardingConfig.class)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(OnboardingConfig.class);
    }

    private static Stream<String> matches(String file, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(REPOSITORY.resolve(file)))
                .results()
                .map(it -> it.group(1));
    }

    /** @param standard what it is where nobody sets it */
    private record Key(String name, Optional<String> standard) {}

    private static String defaultOf(String key) {
        return keys().filter(it -> it.name().equals(key))
                .flatMap(it -> it.standard().stream())
                .map(it -> "`" + it + "`")
                .findFirst()
                .orElse("");
    }

    private static Stream<Key> keys() {
        return keys(OnboardingConfig.class, "onboarding");
    }

    private static Stream<Key> keys(Class<?> group, String prefix) {
        return Stream.of(group.getDeclaredMethods()).flatMap(it -> {
            String key = prefix + "." + kebab(it);
            Class<?> type =
                    it.getGenericReturnType() instanceof ParameterizedType map && it.getReturnType() == Map.class
                            ? (Class<?>) map.getActualTypeArguments()[1]
                            : it.getReturnType();
            return type.getEnclosingClass() == group && type.isInterface()
                    ? keys(type, type == it.getReturnType() ? key : key + ".<name>")
                    : Stream.of(new Key(
                            key,
                            Optional.ofNullable(it.getAnnotation(WithDefault.class))
                                    .map(WithDefault::value)));
        });
    }

    private static String kebab(Method method) {
        return method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String key) {
        return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }
}
