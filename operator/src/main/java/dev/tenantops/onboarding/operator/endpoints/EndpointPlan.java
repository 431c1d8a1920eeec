package dev.tenantops.onboarding.operator.endpoints;

import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import java.util.List;
import java.util.Optional;

/** What one onboarding wants to have probed, and through which proxy. */
public record EndpointPlan(List<DesiredEndpoint> endpoints, Optional<Proxy> proxy) {}
