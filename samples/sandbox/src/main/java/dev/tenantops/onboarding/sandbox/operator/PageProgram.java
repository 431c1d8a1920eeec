package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the packaged program is started in mode Page: with an account that has the rights of a page, and keys in a folder. */
public final class PageProgram {

    private static final String ACCOUNT = "onboarding-page";
    private static final long TOKEN_SECONDS = 6L * 3600;
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final ApiServer server;
    private final KubernetesClient administrator;
    private final Path folder;

    /**
     * @param administrator of a cluster with the definitions
     * @param folder for the kubeconfig and the keys
     */
    public PageProgram(ApiServer server, KubernetesClient administrator, Path folder) {
        this.server = server;
        this.administrator = administrator;
        this.folder = folder;
        try {
            Files.createDirectories(keys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        createAccount();
    }

    /** Where the keys of the links are, as a mounted Secret would be. */
    public Path keys() {
        return folder.resolve("page-keys");
    }

    /**
     * What it is started with.
     *
     * @param api where it reaches the API server
     * @param settings variables beside these
     */
    public Installation.Launch launch(URI api, URI publicUrl, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ONBOARDING_MODE", "Page");
        environment.put("ONBOARDING_NAMESPACE", Installation.NAMESPACE);
        environment.put("ONBOARDING_PUBLIC_URL", publicUrl.toString());
        environment.put("ONBOARDING_PAGE_KEY_DIRECTORY", keys().toString());
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        environment.put("KUBECONFIG", kubeconfig(api).toString());
        environment.putAll(settings);
        return new Installation.Launch(JarInstallation.JVM_FLAGS, environment);
    }

    private void createAccount() {
        administrator
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Installation.NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        administrator
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace(Installation.NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        administrator
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("onboarding.tenantops.dev")
                        .withResources(plural(TenantOnboarding.class))
                        .withVerbs("get", "list", "watch", "patch")
                        .endRule()
                        .addNewRule()
                        .withApiGroups("onboarding.tenantops.dev")
                        .withResources(plural(ApplicationCatalog.class))
                        .withVerbs("get", "list", "watch")
                        .endRule()
                        .build())
                .create();
        administrator
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ACCOUNT)
                        .addNewSubject("", "ServiceAccount", ACCOUNT, Installation.NAMESPACE)
                        .build())
                .create();
    }

    private static String plural(Class<? extends HasMetadata> type) {
        return HasMetadata.getPlural(type);
    }

    private Path kubeconfig(URI api) {
        String token = administrator
                .serviceAccounts()
                .inNamespace(Installation.NAMESPACE)
                .withName(ACCOUNT)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TOKEN_SECONDS)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        Config config = YAML.unmarshal(server.kubeconfig(), Config.class);
        config.getClusters().forEach(it -> it.getCluster().setServer(api.toString()));
        config.getUsers()
                .forEach(it -> it.setUser(new AuthInfoBuilder().withToken(token).build()));
        return LocalFiles.write(folder.resolve("page-kubeconfig"), YAML.asYaml(config));
    }
}
