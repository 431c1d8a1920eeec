package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Observed.Readings;
import dev.tenantops.onboarding.operator.Observed.Unchanged;
import dev.tenantops.onboarding.operator.SteadyOnboardings.Resolution;
import dev.tenantops.onboarding.operator.SteadyOnboardings.Steady;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.consent.PageAddress;
import dev.tenantops.onboarding.operator.consent.PageLink;
import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.EndpointCheck;
import dev.tenantops.onboarding.operator.status.Constancy;
import dev.tenantops.onboarding.operator.status.Evidence;
import dev.tenantops.onboarding.operator.status.Lapse;
import dev.tenantops.onboarding.operator.status.Memories;
import dev.tenantops.onboarding.operator.status.StatusBuilder;
import dev.tenantops.onboarding.operator.status.StatusInput;
import dev.tenantops.onboarding.operator.status.Withdrawal;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.CatalogJudge;
import dev.tenantops.onboarding.operator.verdict.ConsentReturns;
import dev.tenantops.onboarding.operator.verdict.Deadlines;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.RecheckDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The way of an onboarding through one check: desired, observed, judged, and written down. */
public final class OnboardingPipeline {

    private final DesiredResolver resolver;
    private final OnboardingCheck check;
    private final ConsentLinks links;
    private final Optional<PageLinks> pages;
    private final RecheckDelay recheck;
    private final VerificationTiming timing;
    private final Clock clock;
    private final DoubleSupplier random;
    private final SteadyOnboardings steady = new SteadyOnboardings();

    /** Puts it together, for production and for tests alike. */
    public OnboardingPipeline(PipelinePorts ports, PipelineTiming timing) {
        this.resolver = new DesiredResolver(ports.clouds());
        this.check = new OnboardingCheck(
                ports.directory(),
                ports.secrets(),
                new EndpointCheck(
                        ports.probe(),
                        ports.proxies(),
                        timing.verification(),
                        timing.rounds(),
                        ports.executor(),
                        ports.clock(),
                        ports.wake()),
                new CatalogJudge(timing.propagation()),
                new ConsentReturns(timing.propagation().afterConsent()),
                ports.clock(),
                ports.pages().isPresent());
        this.links = new ConsentLinks(ports.redirectUri());
        this.pages = ports.pages();
        this.recheck = new RecheckDelay(timing.propagation(), timing.rounds().confirmation());
        this.timing = timing.verification();
        this.clock = ports.clock();
        this.random = ports.random();
    }

    /**
     * What one check came to.
     *
     * @param status the new status; equal to the one before when nothing is to be written
     * @param recheck when to look again
     * @param anew the status that the same readings give an onboarding whose status or annotations have changed since;
     *     empty if that one knows a later reading
     */
    public record CheckResult(
            TenantOnboardingStatus status,
            Duration recheck,
            Function<TenantOnboarding, Optional<TenantOnboardingStatus>> anew) {}

    /**
     * Checks an onboarding once. Blocks while the tenant is read.
     */
    public CheckResult run(TenantOnboarding onboarding, Surroundings surroundings) {
        var known = steady.take(onboarding, surroundings, clock.instant());
        var resolution = known.map(Steady::resolution).orElseGet(() -> resolve(onboarding, surroundings));
        var observed = check.observe(
                onboarding, resolution.desired(), known.map(Steady::tenant).orElse(Map.of()));
        return known.filter(it -> observed instanceof Unchanged(var endpoints, var _)
                        && Constancy.same(it.endpoints(), endpoints))
                .filter(it -> it.holdsAt(clock.instant()))
                .map(it -> unchanged(onboarding, it, observed))
                .orElseGet(() -> judged(onboarding, resolution, observed.readings()));
    }

    /** What the status of an onboarding says once it may be believed no longer. Nobody is asked for that. */
    TenantOnboardingStatus ended(TenantOnboarding onboarding, Surroundings surroundings) {
        var now = clock.instant();
        var desired = resolve(onboarding, surroundings).desired();
        var nothingRead = OnboardingVerdict.of(now, desired, CatalogJudge::suspended, List.of());
        return Lapse.of(input(onboarding, desired, nothingRead, Optional.empty(), now))
                .orElseGet(() -> Withdrawal.asOf(onboarding.known(), now));
    }

    /** Forgets all onboardings but these. */
    void retain(Set<ObjectKey> known) {
        steady.retain(known);
    }

    private CheckResult unchanged(TenantOnboarding onboarding, Steady known, Observed observed) {
        steady.remember(onboarding, known);
        return new CheckResult(
                onboarding.known(),
                recheck.unchanged(
                        timing.interval(onboarding.getSpec()), known.deadline().map(this::until), random.getAsDouble()),
                current -> anew(current, observed.readings()));
    }

    private CheckResult judged(TenantOnboarding onboarding, Resolution resolution, Readings readings) {
        var verdict = check.judge(onboarding, readings);
        var now = clock.instant();
        var status =
                StatusBuilder.build(input(onboarding, resolution.desired(), verdict, readings.organizationName(), now));
        var deadline = Deadlines.next(verdict.applications(), verdict.readAt());
        Constancy.until(onboarding.known(), status, verdict, timing.freshness(onboarding.getSpec()))
                .filter(_ -> check.isConstant(onboarding, readings))
                // Once there is a key, the address of the page is not to wait.
                .filter(_ -> pages.isEmpty() || status.pageUrl() != null)
                .ifPresent(it -> steady.remember(
                        onboarding,
                        status,
                        new Steady(resolution, readings.fingerprints(), readings.endpoints(), now, it, deadline)));
        return new CheckResult(
                status,
                recheck.after(
                        verdict,
                        timing.interval(onboarding.getSpec()),
                        freshFor(onboarding, status, verdict),
                        it -> Memories.refused(status, it),
                        deadline.map(this::until),
                        random.getAsDouble()),
                current -> anew(current, readings));
    }

    private Duration until(Instant time) {
        return Duration.between(clock.instant(), time);
    }

    private Resolution resolve(TenantOnboarding onboarding, Surroundings surroundings) {
        var found = new HashMap<String, Optional<ApplicationCatalog>>();
        var desired = resolver.resolve(
                onboarding.getSpec(),
                onboarding.getMetadata().getNamespace(),
                surroundings.with(it -> found.computeIfAbsent(it, surroundings.catalogs())),
                Memories.seen(onboarding.known()));
        return new Resolution(
                surroundings.namespaceLabels(),
                found.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, it -> it.getValue().map(Resolution.Catalog::of))),
                surroundings.claimedElsewhere(),
                desired);
    }

    private Optional<TenantOnboardingStatus> anew(TenantOnboarding current, Readings readings) {
        return Evidence.of(current.known()).isLaterThan(readings.readAt(), clock.instant())
                ? Optional.empty()
                : Optional.of(StatusBuilder.build(input(
                        current,
                        readings.desired(),
                        check.judge(current, readings),
                        readings.organizationName(),
                        clock.instant())));
    }

    private Optional<Duration> freshFor(
            TenantOnboarding onboarding, TenantOnboardingStatus status, OnboardingVerdict verdict) {
        return verdict.applications().stream().anyMatch(ApplicationVerdict.Unread.class::isInstance)
                ? Evidence.of(status).freshFor(clock.instant(), timing.freshness(onboarding.getSpec()))
                : Optional.empty();
    }

    private PageAddress page(TenantOnboarding onboarding) {
        return pages.map(it -> it.address(
                        PageLink.of(onboarding),
                        Optional.ofNullable(onboarding.known().pageUrl())))
                .orElse(PageAddress.NONE);
    }

    private StatusInput input(
            TenantOnboarding onboarding,
            DesiredOnboarding desired,
            OnboardingVerdict verdict,
            Optional<String> read,
            Instant now) {
        return new StatusInput(
                onboarding.getMetadata().getGeneration(),
                onboarding.known(),
                verdict,
                links.of(
                        desired,
                        OnboardingCheck.tenantId(onboarding.getSpec()),
                        onboarding.getMetadata().getUid()),
                pages.flatMap(_ ->
                        read.or(() -> Optional.ofNullable(onboarding.known().tenantName()))),
                page(onboarding),
                onboarding.requestedAt(),
                onboarding.getSpec().suspend(),
                now,
                timing.freshness(onboarding.getSpec()),
                timing.stallAfter());
    }
}
