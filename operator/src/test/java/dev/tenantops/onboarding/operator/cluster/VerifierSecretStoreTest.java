package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierSecretStoreTest {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = START;
    private final VerifierSecretStore store = new VerifierSecretStore(() -> now);

    @Test
    void aCredentialThatWasThereAtTheStartIsAsOldAsItsOwnersLastWriting() {
        put(secret("b25l", "2026-03-01T11:58:00Z", "f:clientSecret"));

        assertThat(changed()).isEqualTo("2026-03-01T11:58:00Z");
    }

    @Test
    void whoWritesLabelsAndOtherKeysDoesNotRenewIt() {
        var secret = secret("b25l", "2026-02-01T00:00:00Z", "f:clientSecret");
        secret.getMetadata()
                .getManagedFields()
                .addAll(secret("b25l", "2026-03-01T11:59:00Z", "f:expiresAt")
                        .getMetadata()
                        .getManagedFields());
        put(secret);

        assertThat(changed()).isEqualTo("2026-02-01T00:00:00Z");
    }

    @Test
    void aChangeThatItSeesIsOfThatMoment() {
        put(secret("b25l", "2026-02-01T00:00:00Z", "f:clientSecret"));
        now = START.plusSeconds(60);
        put(secret("dHdv", "2026-03-01T12:00:59Z", "f:clientSecret"));

        assertThat(changed()).isEqualTo(now.toString());
    }

    @Test
    void whatChangesWithoutTheCredentialDoesNotRenewIt() {
        put(secret("b25l", "2026-02-01T00:00:00Z", "f:clientSecret"));
        now = START.plusSeconds(60);
        var labelled = secret("b25l", "2026-03-01T12:00:59Z", "f:clientSecret");
        labelled.getMetadata().getLabels().put("touched", "true");
        put(labelled);

        assertThat(changed()).isEqualTo("2026-02-01T00:00:00Z");
    }

    @Test
    void whereNobodyOwnsItTheSecretsCreationCounts() {
        var secret = secret("b25l", "2026-03-01T11:58:00Z", "f:clientSecret");
        secret.getMetadata().setManagedFields(null);
        put(secret);

        assertThat(changed()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2126-03-01T12:00:00Z", "soon"})
    void noTimeLiesAheadAndNoNonsenseCounts(String time) {
        var secret = secret("b25l", time, "f:clientSecret");
        secret.getMetadata().setCreationTimestamp(null);
        put(secret);

        assertThat(changed()).isEqualTo(START.toString());
    }

    @Test
    void whatIsDeletedAndCreatedAgainStartsAnew() {
        put(secret("b25l", "2026-02-01T00:00:00Z", "f:clientSecret"));
        store.remove("tenant-onboarding/heedify-verifier");
        assertThat(store.changed(secret("b25l", null, "f:clientSecret"))).isEmpty();
        put(secret("b25l", "2026-03-01T11:59:30Z", "f:clientSecret"));

        assertThat(changed()).isEqualTo("2026-03-01T11:59:30Z");
    }

    private void put(Secret secret) {
        store.put("tenant-onboarding/heedify-verifier", secret);
    }

    private String changed() {
        return store.changed(store.get("tenant-onboarding/heedify-verifier"))
                .orElseThrow()
                .toString();
    }

    private static Secret secret(String value, String time, String field) {
        return YAML.unmarshal(
                """
                metadata:
                  namespace: tenant-onboarding
                  name: heedify-verifier
                  creationTimestamp: 2026-01-01T00:00:00Z
                  labels: {onboarding.tenantops.dev/verifier: "true"}
                  managedFields:
                  - {manager: kubectl, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, time: %s, fieldsV1: {"f:data": {%s: {}}}}
                data: {clientSecret: %s}
                """.formatted(time == null ? "null" : "\"" + time + "\"", "\"" + field + "\"", value), Secret.class);
    }
}
