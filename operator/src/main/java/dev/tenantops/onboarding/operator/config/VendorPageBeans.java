package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import dev.tenantops.onboarding.operator.config.PageBeans.PageProcess;
import dev.tenantops.onboarding.operator.page.VendorPage;
import dev.tenantops.onboarding.operator.page.openid.SignIn;
import dev.tenantops.onboarding.operator.page.openid.SignInSettings;
import dev.tenantops.onboarding.operator.page.vendor.GroupAccess;
import dev.tenantops.onboarding.operator.page.vendor.OnboardingSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The overview of the vendor's own people, where it is on. */
@Singleton
public class VendorPageBeans {

    private final OnboardingConfig config;

    @Inject
    public VendorPageBeans(OnboardingConfig config) {
        this.config = config;
    }

    /** A mistake in the configuration ends the start, and is not found by the first who wants to sign in. */
    void check(@Observes StartupEvent start) {
        vendorPage();
    }

    @Produces
    @Singleton
    SignIn signIn(VendorPage page) {
        return page.signIn();
    }

    @Produces
    @Singleton
    VendorPage vendorPage() {
        var vendor = config.page().vendor();
        return vendor.enabled() && config.mode() == Mode.Page
                ? new VendorPage(
                        new SignIn(Optional.of(settings(vendor))),
                        GroupAccess.parse(required(vendor.groups(), "groups")),
                        vendor.contact().map(VendorPage.Contact::new))
                : new VendorPage(SignIn.OFF, new GroupAccess(Map.of()), Optional.empty());
    }

    private SignInSettings settings(OnboardingConfig.Page.Vendor vendor) {
        return new SignInSettings(
                issuer(required(vendor.issuer(), "issuer")),
                required(vendor.clientId(), "client-id"),
                required(vendor.clientSecretFile(), "client-secret-file"),
                vendor.scopes().orElse(List.of()),
                vendor.groupsClaim(),
                config.publicUrl()
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "onboarding.page.vendor.enabled is true: set onboarding.public-url, which sign-in returns to")),
                config.tls().caBundle());
    }

    /** Who may read what passes on the way can be whoever they like; so it is https, but on this machine. */
    private static URI issuer(URI issuer) {
        var local = List.of("localhost", "127.0.0.1").contains(String.valueOf(issuer.getHost()));
        if (!"https".equalsIgnoreCase(issuer.getScheme()) && !local) {
            throw new IllegalArgumentException(
                    "onboarding.page.vendor.issuer is " + issuer + ": set the https address of the OpenID provider");
        }
        return issuer;
    }

    private static <T> T required(Optional<T> value, String key) {
        return value.orElseThrow(() -> new IllegalArgumentException(
                "onboarding.page.vendor.enabled is true: set onboarding.page.vendor." + key));
    }

    @Produces
    @Singleton
    OnboardingSource onboardingSource(Instance<PageProcess> process) {
        return new OnboardingSource() {
            @Override
            public Stream<TenantOnboarding> onboardings() {
                return process.get().watch().onboardings();
            }

            @Override
            public Optional<Instant> silentSince() {
                return process.get().watch().silentSince();
            }
        };
    }
}
