package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.endpoints.RoundExecutor;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * All that the pipeline knows of the world. What lies between these is the same in a cluster and in a test.
 *
 * @param directory reads tenants
 * @param probe dials endpoints
 * @param proxies reads what an onboarding says of its proxy
 * @param executor runs the rounds of probes; with one that runs in the calling thread a check sees its own round
 * @param wake has an onboarding checked again at once, since a probe found something new
 * @param redirectUri where consent returns to, unless a catalog says otherwise
 * @param pages makes the links to administrators' pages, where there are any
 * @param random from 0 to 1, spreads the checks of many onboardings; safe for many threads
 */
public record PipelinePorts(
        Clouds clouds,
        TenantDirectory directory,
        VerifierSecrets secrets,
        NetworkProbe probe,
        ProxyReferences proxies,
        RoundExecutor executor,
        Consumer<ObjectKey> wake,
        Optional<URI> redirectUri,
        Optional<PageLinks> pages,
        Clock clock,
        DoubleSupplier random) {}
