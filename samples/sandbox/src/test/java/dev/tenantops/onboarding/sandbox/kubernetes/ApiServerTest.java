package dev.tenantops.onboarding.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

class ApiServerTest {

    @Test
    void aVersionWithoutBinariesIsRefusedWithTheCommandThatProvidesThem() {
        assertThatThrownBy(() -> ApiServer.start("1.0.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("samples/sandbox/kubernetes/provide 1.0.0");
    }

    @Test
    void servesTheAskedVersionAndIssuesServiceAccountTokens() {
        try (ApiServer server = ApiServer.start(ApiServer.DEFAULT_VERSION);
                KubernetesClient client = server.newClient()) {
            assertThat(client.getKubernetesVersion().getGitVersion()).isEqualTo("v" + ApiServer.DEFAULT_VERSION);

            client.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName("operator")
                            .withNamespace("default")
                            .endMetadata()
                            .build())
                    .create();
            String token = client.serviceAccounts()
                    .inNamespace("default")
                    .withName("operator")
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withExpirationSeconds(600L)
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
            assertThat(token).isNotBlank();
        }
    }
}
