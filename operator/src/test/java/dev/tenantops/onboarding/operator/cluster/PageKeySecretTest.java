package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.operator.TestApiServer;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.consent.PageLink;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Secret with the keys of the pages' links, on a real API server. */
class PageKeySecretTest {

    @RegisterExtension
    static final TestApiServer API = new TestApiServer();

    private static final PageLink LINK = new PageLink(UUID.randomUUID().toString(), 1, Optional.empty());

    private final ObjectKey name = new ObjectKey("default", "keys-" + UUID.randomUUID());
    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private PageKeySecret keys;
    private PageLinks links;

    @BeforeEach
    void build() {
        keys = new PageKeySecret(API.client(), name, clock);
        links = new PageLinks(URI.create("https://onboarding.example.com"), keys::keys);
    }

    @AfterEach
    void close() {
        keys.close();
    }

    @Test
    void whatIsMissingIsCreatedOnceThoughTwoReplicasBegin() {
        try (var other = new PageKeySecret(API.client(), name, clock)) {
            keys.start();
            other.start();
            await().until(() -> !keys.keys().isEmpty() && !other.keys().isEmpty());
            var others = new PageLinks(URI.create("https://onboarding.example.com"), other::keys);
            assertThat(others.verify(links.token(LINK).orElseThrow())).contains(LINK);
        }
        assertThat(secret().getData()).containsOnlyKeys("key-1");
        assertThat(Base64.getDecoder().decode(secret().getData().get("key-1"))).hasSize(32);
    }

    @Test
    void oneThatIsThereIsUsedAndLeftAsItIs() {
        create(Map.of("key-3", "three-".repeat(6)));
        keys.start();
        await().until(() -> !keys.keys().isEmpty());
        assertThat(secret().getData()).containsOnlyKeys("key-3");
    }

    @Test
    void aNewKeySignsOnceItHasArrivedEverywhere() {
        create(Map.of("key-1", "one-".repeat(8)));
        keys.start();
        await().until(() -> !keys.keys().isEmpty());
        var before = links.token(LINK);
        replace(Map.of("key-1", "one-".repeat(8), "key-2", "two-".repeat(8)));
        await().until(() -> keys.keys().toString().equals("PageKeys[1, 2]"));
        assertThat(links.token(LINK)).isEqualTo(before);
        clock.advance(PageKeySecret.ARRIVAL);
        var after = links.token(LINK);
        assertThat(after).isNotEqualTo(before);
        replace(Map.of("key-2", "two-".repeat(8)));
        await().until(() -> keys.keys().toString().equals("PageKeys[2]"));
        assertThat(links.verify(before.orElseThrow())).isEmpty();
        assertThat(links.verify(after.orElseThrow())).contains(LINK);
    }

    @Test
    void whatIsNoKeyIsLeftOutAndNamedWithoutItsContent() {
        try (var log = new CapturedLog(Level.WARN)) {
            create(Map.of("key-1", "one-".repeat(8), "key-2", "too short to sign", "note", "written by hand"));
            keys.start();
            await().until(() -> keys.keys().toString().equals("PageKeys[1]"));
            assertThat(log.text())
                    .contains("key-2 of 17 bytes", "at least 32 bytes")
                    .doesNotContain("too short", "by hand", "one-");
        }
    }

    @Test
    void oneWithoutAKeyMakesNoLinkUntilItHasOne() {
        create(Map.of());
        keys.start();
        await().until(() -> API.client() != null && links.url(LINK).isEmpty());
        replace(Map.of("key-1", "one-".repeat(8)));
        await().until(() -> links.url(LINK).isPresent());
    }

    @Test
    void deletingItRevokesEveryLinkAndAnotherIsMade() {
        create(Map.of("key-1", "one-".repeat(8)));
        keys.start();
        await().until(() -> links.url(LINK).isPresent());
        var before = links.token(LINK).orElseThrow();
        API.client().resource(secret()).delete();
        await().until(() -> links.verify(before).isEmpty());
        await().until(() -> links.url(LINK).isPresent());
        assertThat(links.verify(before)).isEmpty();
    }

    private Secret secret() {
        return API.client()
                .secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .get();
    }

    private void create(Map<String, String> entries) {
        API.client().resource(built(entries)).create();
    }

    private void replace(Map<String, String> entries) {
        API.client().resource(built(entries)).update();
    }

    private Secret built(Map<String, String> entries) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(name.namespace())
                .withName(name.name())
                .endMetadata()
                .withStringData(entries)
                .build();
    }
}
