package dev.tenantops.onboarding.sandbox.chaos.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiRequestTest {

    @Test
    void theWriteOfAStatusNamesItsObject() {
        ApiRequest request = request(
                "PUT", "/apis/onboarding.tenantops.dev/v1alpha1/namespaces/acme/tenantonboardings/one/status", null);
        assertThat(request)
                .isEqualTo(new ApiRequest(
                        "replica",
                        "PUT",
                        "onboarding.tenantops.dev",
                        "tenantonboardings",
                        "status",
                        "acme",
                        "one",
                        false));
        assertThat(request.isStatusWrite()).isTrue();
    }

    @Test
    void aWatchOverAllNamespacesIsARead() {
        ApiRequest request = request(
                "GET",
                "/apis/onboarding.tenantops.dev/v1alpha1/tenantonboardings",
                "allowWatchBookmarks=true&watch=true");
        assertThat(request.watch()).isTrue();
        assertThat(request.isRead()).isTrue();
        assertThat(request.resource()).isEqualTo("tenantonboardings");
        assertThat(request.namespace()).isEmpty();
    }

    @Test
    void aNamespaceIsAResourceItself() {
        assertThat(request("GET", "/api/v1/namespaces/acme", null))
                .isEqualTo(new ApiRequest("replica", "GET", "", "namespaces", "", "", "acme", false));
        assertThat(request("GET", "/api/v1/namespaces", null).resource()).isEqualTo("namespaces");
    }

    @Test
    void anEventIsAWriteOfEvents() {
        assertThat(request("POST", "/apis/events.k8s.io/v1/namespaces/acme/events", null)
                        .isEvent())
                .isTrue();
    }

    @Test
    void whatIsNoResourceHasNone() {
        assertThat(request("GET", "/version", null).resource()).isEmpty();
        assertThat(request("GET", "/apis", null).resource()).isEmpty();
        assertThat(request("GET", "/", null).resource()).isEmpty();
    }

    private static ApiRequest request(String method, String path, String query) {
        return ApiRequest.of("replica", method, path, query);
    }
}
