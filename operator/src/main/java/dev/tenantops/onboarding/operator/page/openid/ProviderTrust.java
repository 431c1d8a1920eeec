package dev.tenantops.onboarding.operator.page.openid;

import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Has the library trust the provider by the same certificates as login and Graph are trusted. */
@Singleton
class ProviderTrust {

    void register(@Observes StartupEvent start, SignIn signIn, TlsConfigurationRegistry registry) {
        signIn.settings()
                .filter(it -> it.caBundle().isPresent())
                .map(it -> TrustAnchors.ofJdkAnd(it.caBundle()))
                .ifPresent(it -> registry.register(SignInTenant.TRUST, new Trusting(it)));
    }

    private static final class Trusting extends BaseTlsConfiguration {

        private final TrustAnchors anchors;

        Trusting(TrustAnchors anchors) {
            this.anchors = anchors;
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
            return TrustOptions.wrap(anchors.trustManager());
        }

        @Override
        public SSLOptions getSSLOptions() {
            return new SSLOptions().setTrustOptions(getTrustStoreOptions());
        }

        @Override
        public SSLContext createSSLContext() {
            return anchors.context();
        }

        @Override
        public Optional<String> getHostnameVerificationAlgorithm() {
            return Optional.of("HTTPS");
        }

        @Override
        public String getName() {
            return SignInTenant.TRUST;
        }
    }
}
