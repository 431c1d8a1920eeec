package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustedBundlesTest {

    @Test
    void aBundleIsParsedOnceHoweverOftenItIsUsed() {
        var bundles = new TrustedBundles(TrustAnchors.ofJdkAnd(Optional.empty()));
        var pem = CertificateAuthority.create("Extra").certificatePem();

        assertThat(bundles.with(new String(pem))).isSameAs(bundles.with(pem));
        assertThat(bundles.with(pem + "\n")).isNotSameAs(bundles.with(pem));
    }
}
