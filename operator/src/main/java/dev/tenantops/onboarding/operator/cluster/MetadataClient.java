package dev.tenantops.onboarding.operator.cluster;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Lists and watches nothing but the metadata of objects: a tenth of what an onboarding is, and none of what a check writes
 * is sent again. The Kubernetes client has no option for that, so its requests are told what to accept. Made when it is
 * first asked for, which most releases never do.
 */
@Singleton
public class MetadataClient {

    private static final String OF_A_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private static final String OF_EACH = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private final KubernetesClient whole;
    private KubernetesClient client;

    public MetadataClient(KubernetesClient whole) {
        this.whole = whole;
    }

    public synchronized KubernetesClient client() {
        if (client == null) {
            client = new KubernetesClientBuilder()
                    .withConfig(whole.getConfiguration())
                    .withKubernetesSerialization(new KubernetesSerialization(mapper(), true))
                    .withHttpClientBuilderConsumer(
                            it -> it.addOrReplaceInterceptor("metadata-only", new MetadataOnly()))
                    .build();
        }
        return client;
    }

    /** Of metadata the API server says null where a list has no items. */
    private static ObjectMapper mapper() {
        var mapper = new ObjectMapper();
        mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        return mapper;
    }

    @PreDestroy
    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /** Discovery, which knows no other form, is left alone. */
    private static final class MetadataOnly implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            var address = request.uri();
            var query = String.valueOf(address.getQuery());
            if (address.getPath().endsWith("/tenantonboardings")) {
                builder.setHeader("Accept", query.contains("watch=true") ? OF_EACH : OF_A_LIST);
            }
        }
    }
}
