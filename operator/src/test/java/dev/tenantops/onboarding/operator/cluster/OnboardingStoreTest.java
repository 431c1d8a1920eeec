package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class OnboardingStoreTest {

    private static final String ONBOARDING = """
            {"apiVersion": "onboarding.tenantops.dev/v1alpha1", "kind": "TenantOnboarding",
             "metadata": {"name": "NAME", "namespace": "customers", "uid": "uid-NAME", "resourceVersion": "7",
              "generation": 2, "creationTimestamp": "2026-03-01T12:00:00Z", "labels": {"tier": "gold"},
              "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}",
               "reconcile.fluxcd.io/requestedAt": "now"}, "managedFields": [{"manager": "someone"}]},
             "spec": {"tenantId": "tenant-NAME", "licenses": [{"catalog": "heedify", "plans": ["common"]}],
              "network": {"proxy": {"url": "http://proxy"}}, "verification": {"interval": "5m"}, "suspend": true},
             "status": {"observedGeneration": 2, "granted": "1/2", "nextAction": "do it",
              "lastVerified": "2026-03-01T12:00:01Z", "validUntil": "2026-03-01T12:00:02Z",
              "lastHandledReconcileAt": "now",
              "verifiers": [{"catalog": "heedify", "clientId": "v", "consentUrl": "https://v-NAME",
               "grantableBy": "an administrator", "tier": "Directory", "state": "Authorized"}],
              "applications": [{"catalog": "heedify", "name": "reports", "displayName": "Heedify Reports",
               "clientId": "c", "servicePrincipalId": "sp-NAME", "state": "PermissionsMissing", "optional": true,
               "consentUrl": "https://c-NAME", "grantableBy": "another", "message": "m",
               "granted": ["MicrosoftGraph/Delegated/Granted"], "grantedTotal": 1,
               "satisfied": [{"permission": {"resource": "MicrosoftGraph", "type": "Delegated", "value": "S"}, "by": "B"}],
               "missing": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Missing"}], "missingTotal": 2,
               "awaited": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Awaited"}], "awaitedTotal": 3,
               "lost": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Lost"}],
               "surplus": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "Surplus"}], "surplusTotal": 4,
               "notVerifiable": [{"resource": "MicrosoftGraph", "type": "Delegated", "value": "openid"}],
               "lastGrantedTime": "2026-03-01T12:00:03Z", "vanishedTime": "2026-03-01T12:00:04Z",
               "firstMissingTime": "2026-03-01T12:00:05Z", "appearedTime": "2026-03-01T12:00:06Z",
               "consentReturnedTime": "2026-03-01T12:00:07Z"}],
              "endpoints": [{"name": "heedify/a", "state": "DnsFailed", "failedStage": "Dns",
               "since": "2026-03-01T12:00:08Z", "tried": "t", "from": "f", "proxy": "p", "message": "me",
               "nextStep": "n", "stages": ["Dns 1ms"]}],
              "leftOut": {"verifiers": 1, "applications": 2, "endpoints": 3, "permissions": 4},
              "conditions": [{"type": "Ready", "status": "False", "observedGeneration": 2,
               "lastTransitionTime": "2026-03-01T12:00:09Z", "reason": "PermissionsMissing", "message": "why"}]}}
            """;

    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final OnboardingStore store = new OnboardingStore();

    @Test
    void whatOnboardingsSayAlikeIsKeptOnce() {
        var one = stored("contoso");
        var other = stored("fabrikam");
        var application = one.getStatus().applications().getFirst();
        var alike = other.getStatus().applications().getFirst();
        assertThat(application.granted()).isNotEmpty().isSameAs(alike.granted());
        assertThat(application.missing()).isNotEmpty().isSameAs(alike.missing());
        assertThat(application.displayName()).isSameAs(alike.displayName());
        assertThat(application.lastGrantedTime()).isSameAs(alike.lastGrantedTime());
        assertThat(one.getStatus().conditions().getFirst().message())
                .isSameAs(other.getStatus().conditions().getFirst().message());
        assertThat(one.getSpec().licenses()).isSameAs(other.getSpec().licenses());
        assertThat(one.getMetadata().getLabels()).isSameAs(other.getMetadata().getLabels());
    }

    @Test
    void whatIsKeptIsAllThatWasRead() {
        var read = read("contoso");
        var kept = stored("contoso");
        assertThat(kept.getSpec()).isEqualTo(read.getSpec());
        assertThat(kept.getStatus()).isEqualTo(read.getStatus());
        assertThat(serialization.asJson(kept.getStatus())).isEqualTo(serialization.asJson(read.getStatus()));
        var metadata = read.getMetadata();
        metadata.setManagedFields(null);
        metadata.getAnnotations().remove("kubectl.kubernetes.io/last-applied-configuration");
        assertThat(serialization.asJson(kept.getMetadata())).isEqualTo(serialization.asJson(metadata));
    }

    @Test
    void anOnboardingThatWasNeverVisitedIsKept() {
        var onboarding = read("contoso");
        onboarding.setStatus(null);
        onboarding.getMetadata().setLabels(null);
        onboarding.getMetadata().setAnnotations(null);
        store.put("customers/contoso", onboarding);
        assertThat(store.get("customers/contoso")).isSameAs(onboarding);
    }

    private TenantOnboarding stored(String name) {
        store.put("customers/" + name, read(name));
        return store.get("customers/" + name);
    }

    private TenantOnboarding read(String name) {
        return serialization.unmarshal(ONBOARDING.replace("NAME", name), TenantOnboarding.class);
    }
}
