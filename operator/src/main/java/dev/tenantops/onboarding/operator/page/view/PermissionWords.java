package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.WellKnownResource;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What permissions let an application do, in plain words, from {@code permissions/<language>.properties}. The words are the
 * product's own; Microsoft's permissions are listed at https://learn.microsoft.com/graph/permissions-reference
 */
public final class PermissionWords {

    private static final String GENERAL = "general/";

    private final Map<String, String> words;

    private PermissionWords(Map<String, String> words) {
        this.words = words;
    }

    static PermissionWords of(Language language) {
        var file = "/permissions/" + language.tag() + ".properties";
        try (var in = PermissionWords.class.getResourceAsStream(file)) {
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return new PermissionWords(properties.stringPropertyNames().stream()
                    .collect(Collectors.toUnmodifiableMap(it -> it, properties::getProperty)));
        } catch (IOException e) {
            throw new UncheckedIOException("The words of " + file + " cannot be read", e);
        }
    }

    /** What it lets an application do; of one that nobody wrote words for, what its type says. */
    public String of(Permission permission) {
        return words.getOrDefault(key(permission), words.get(GENERAL + permission.type()));
    }

    boolean knows(Permission permission) {
        return words.containsKey(key(permission));
    }

    Set<String> keys() {
        return words.keySet();
    }

    private static String key(Permission permission) {
        var resource = WellKnownResource.nameOf(WellKnownResource.appIdOf(permission.resource()));
        return resource + "/" + permission.type() + "/" + permission.value();
    }
}
