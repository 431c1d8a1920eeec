package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The committed {@code argocd-cm.yaml}, which repeats the Lua files. Run with {@code -Ddocs.write=true} to write it. */
class GitOpsArgoCdConfigTest {

    private static final Path COMMITTED = GitOpsSamples.FOLDER.resolve("argocd/argocd-cm.yaml");
    private static final String KINDS = "argocd/resource_customizations/onboarding.tenantops.dev/";
    private static final List<String> ACTIONS = List.of("recheck", "suspend", "resume");
    private static final String KEY = "resource.customizations.%s.onboarding.tenantops.dev_%s";

    @BeforeAll
    static void write() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(COMMITTED, generated());
        }
    }

    @Test
    void theConfigurationIsTheTextOfTheFiles() {
        assertThat(GitOpsSamples.text(COMMITTED)).as("write it with: make docs").isEqualTo(generated());
    }

    @Test
    void whatArgoCdReadsIsTheTextOfTheFiles() {
        JsonNode data = GitOpsSamples.yaml(COMMITTED).path("data");
        assertThat(data.path(KEY.formatted("health", "TenantOnboarding")).asText())
                .isEqualTo(GitOpsSamples.text(KINDS + "TenantOnboarding/health.lua"));
        assertThat(data.path(KEY.formatted("health", "ApplicationCatalog")).asText())
                .isEqualTo(GitOpsSamples.text(KINDS + "ApplicationCatalog/health.lua"));
        JsonNode actions = GitOpsSamples.yaml(
                data.path(KEY.formatted("actions", "TenantOnboarding")).asText());
        assertThat(actions.path("discovery.lua").asText())
                .isEqualTo(GitOpsSamples.text(KINDS + "TenantOnboarding/actions/discovery.lua"));
        assertThat(actions.path("definitions").findValuesAsText("name")).isEqualTo(ACTIONS);
        assertThat(actions.path("definitions"))
                .allSatisfy(it -> assertThat(it.path("action.lua").asText())
                        .isEqualTo(file("TenantOnboarding/actions/%s/action.lua"
                                .formatted(it.path("name").asText()))));
    }

    private static String generated() {
        return """
                # Generated from the files beside it. Adds to what argocd-cm holds already:
                #   kubectl patch configmap argocd-cm -n argocd --type merge --patch-file argocd-cm.yaml
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: argocd-cm
                  namespace: argocd
                  labels:
                    app.kubernetes.io/name: argocd-cm
                    app.kubernetes.io/part-of: argocd
                data:
                """
                + block(2, KEY.formatted("health", "ApplicationCatalog"), file("ApplicationCatalog/health.lua"))
                + block(2, KEY.formatted("health", "TenantOnboarding"), file("TenantOnboarding/health.lua"))
                + block(2, KEY.formatted("actions", "TenantOnboarding"), actions())
                + block(2, "resource.links", GitOpsSamples.text("argocd/resource-links.yaml"));
    }

    private static String actions() {
        return block(0, "discovery.lua", file("TenantOnboarding/actions/discovery.lua"))
                + ACTIONS.stream()
                        .map(it -> "  - name: " + it + "\n"
                                + block(4, "action.lua", file("TenantOnboarding/actions/" + it + "/action.lua")))
                        .collect(Collectors.joining("", "definitions:\n", ""));
    }

    private static String file(String name) {
        return GitOpsSamples.text(KINDS + name);
    }

    private static String block(int indent, String key, String text) {
        return " ".repeat(indent) + key + ": |\n" + text.indent(indent + 2).replaceAll("(?m)^ +$", "");
    }
}
