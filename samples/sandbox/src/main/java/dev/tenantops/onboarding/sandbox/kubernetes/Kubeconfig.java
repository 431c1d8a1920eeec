package dev.tenantops.onboarding.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** A kubeconfig whose certificates and key are in it rather than in files, so that a container can use it, too. */
final class Kubeconfig {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Kubeconfig() {}

    static String withoutFiles(String kubeconfig) {
        Config config = YAML.unmarshal(kubeconfig, Config.class);
        config.getClusters().forEach(it -> embed(it.getCluster()));
        config.getUsers().forEach(it -> embed(it.getUser()));
        return YAML.asYaml(config);
    }

    private static void embed(Cluster cluster) {
        if (cluster.getCertificateAuthority() != null) {
            cluster.setCertificateAuthorityData(content(cluster.getCertificateAuthority()));
            cluster.setCertificateAuthority(null);
        }
    }

    private static void embed(AuthInfo user) {
        if (user.getClientCertificate() != null) {
            user.setClientCertificateData(content(user.getClientCertificate()));
            user.setClientCertificate(null);
        }
        if (user.getClientKey() != null) {
            user.setClientKeyData(content(user.getClientKey()));
            user.setClientKey(null);
        }
    }

    private static String content(String file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
