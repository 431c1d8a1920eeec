package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantOnboardingStatusTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final EndpointStatus ENDPOINT = new EndpointStatus(
            "heedify/portal",
            new Outcome("TlsFailed", "Tls", "since", List.of("Dns 1ms", "Tls 2s")),
            new Route("https://portal.example.com", "10.1.2.3", "http://proxy.example.com:3128"),
            new Advice("it broke, after 2s", "Mend it"));

    private static final TenantOnboardingStatus STATUS = new TenantOnboardingStatus(
            new Handled(7, "monday"),
            new Customer("Contoso", "https://page"),
            new Progress("1/2", "Do it."),
            new Times("verified", "until"),
            new Entries(List.of(), List.of(), List.of(ENDPOINT), new LeftOut(1, 2, 3, 4)),
            List.of());

    @Test
    void whatBelongsTogetherStandsInOneFlatObject() throws Exception {
        assertThat(JSON.readTree(JSON.writeValueAsBytes(STATUS))).isEqualTo(JSON.readTree("""
                        {
                          "observedGeneration": 7,
                          "tenantName": "Contoso",
                          "pageUrl": "https://page",
                          "granted": "1/2",
                          "nextAction": "Do it.",
                          "lastVerified": "verified",
                          "validUntil": "until",
                          "lastHandledReconcileAt": "monday",
                          "endpoints": [{
                            "name": "heedify/portal",
                            "state": "TlsFailed",
                            "failedStage": "Tls",
                            "since": "since",
                            "tried": "https://portal.example.com",
                            "from": "10.1.2.3",
                            "proxy": "http://proxy.example.com:3128",
                            "message": "it broke, after 2s",
                            "nextStep": "Mend it",
                            "stages": ["Dns 1ms", "Tls 2s"]
                          }],
                          "leftOut": {"verifiers": 1, "applications": 2, "endpoints": 3, "permissions": 4}
                        }
                        """));
    }

    @Test
    void itsPartsMakeItAgain() {
        assertThat(new TenantOnboardingStatus(
                        STATUS.handled(),
                        STATUS.customer(),
                        STATUS.progress(),
                        STATUS.times(),
                        STATUS.entries(),
                        STATUS.conditions()))
                .isEqualTo(STATUS);
        assertThat(new EndpointStatus(ENDPOINT.name(), ENDPOINT.outcome(), ENDPOINT.route(), ENDPOINT.advice()))
                .isEqualTo(ENDPOINT);
    }
}
