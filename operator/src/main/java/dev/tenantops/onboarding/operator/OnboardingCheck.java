package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.endpoints.EndpointCheck;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.status.Memories;
import dev.tenantops.onboarding.operator.verdict.ApplicationJudge;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.SecondLook;
import dev.tenantops.onboarding.operator.verdict.VerifierVerdict;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One check of one onboarding: looks at the tenant and at the endpoints, and judges what it saw. */
public final class OnboardingCheck {

    private static final Failure SUSPENDED = Failure.of(Failure.Reason.GraphUnavailable, "Verification is suspended.");

    private final TenantDirectory directory;
    private final VerifierSecrets secrets;
    private final EndpointCheck endpoints;
    private final ApplicationJudge judge;
    private final ConsentReturns consentReturns;
    private final Clock clock;

    public OnboardingCheck(
            TenantDirectory directory,
            VerifierSecrets secrets,
            EndpointCheck endpoints,
            ApplicationJudge judge,
            ConsentReturns consentReturns,
            Clock clock) {
        this.directory = directory;
        this.secrets = secrets;
        this.endpoints = endpoints;
        this.judge = judge;
        this.consentReturns = consentReturns;
        this.clock = clock;
    }

    /**
     * Looks at the tenant and at the endpoints; of a suspended onboarding at nothing.
     *
     * @param known by catalog, the fingerprints of readings that need not be judged again if nothing is new
     */
    Observed observe(TenantOnboarding onboarding, DesiredOnboarding desired, Map<String, Fingerprint> known) {
        var readAt = clock.instant();
        if (onboarding.getSpec().suspend()) {
            return new Readings(readAt, desired, Map.of(), List.of());
        }
        var tenant = new HashMap<String, Looks>();
        var unchanged = new HashMap<String, Supplier<Looks>>();
        Stream.of(desired.catalogs(), desired.unlicensed())
                .flatMap(List::stream)
                .forEach(catalog -> {
                    switch (secrets.verifier(catalog.verifier())) {
                        case Reading.Failed<Verifier>(Failure failure) ->
                            tenant.put(
                                    catalog.name(),
                                    new Looks(
                                            TenantObservation.failed(clock.instant(), failure),
                                            Map.of(),
                                            Optional.empty()));
                        case Reading.Complete<Verifier>(Verifier verifier) -> {
                            var reading = directory.read(
                                    query(onboarding, catalog, verifier, wasUnknown(onboarding, catalog)),
                                    Optional.ofNullable(known.get(catalog.name())));
                            if (reading instanceof TenantReading.Unchanged) {
                                unchanged.put(catalog.name(), () -> looks(onboarding, catalog, verifier, reading));
                            } else {
                                tenant.put(catalog.name(), looks(onboarding, catalog, verifier, reading));
                            }
                        }
                    }
                });
        if (tenant.isEmpty() && !unchanged.isEmpty()) {
            var network = endpoints.run(onboarding, desired);
            return new Unchanged(network, () -> {
                var looks = new HashMap<String, Looks>();
                unchanged.forEach((name, it) -> looks.put(name, it.get()));
                return new Readings(readAt, desired, looks, network);
            });
        }
        unchanged.forEach((name, it) -> tenant.put(name, it.get()));
        return new Readings(readAt, desired, tenant, endpoints.run(onboarding, desired));
    }

    /**
     * Judges what was seen. It may be judged more than once, of an onboarding that has changed meanwhile in anything but
     * its spec.
     */
    OnboardingVerdict judge(TenantOnboarding onboarding, Readings readings) {
        var desired = readings.desired();
        var verifiers = new ArrayList<VerifierVerdict>();
        var applications = new ArrayList<ApplicationVerdict>();
        var former = new ArrayList<FormerVerdict>();
        for (DesiredCatalog catalog : desired.catalogs()) {
            var check = judge(onboarding, catalog, readings);
            verifiers.add(check.verifier());
            applications.addAll(check.applications());
            former.addAll(check.former());
        }
        for (DesiredCatalog catalog : desired.unlicensed()) {
            former.addAll(judge(onboarding, catalog, readings).former());
        }
        return new OnboardingVerdict(
                readings.readAt(), desired.problems(), verifiers, applications, former, readings.endpoints());
    }

    /** Whether nothing that was seen but the tenants' answers, and no hint at a consent, may change what follows of it. */
    boolean isConstant(TenantOnboarding onboarding, Readings readings) {
        return !readings.fingerprints().isEmpty() && consentReturns.isOver(onboarding, readings.readAt());
    }

    private CatalogCheck judge(TenantOnboarding onboarding, DesiredCatalog catalog, Readings readings) {
        return Optional.ofNullable(readings.tenant().get(catalog.name()))
                .map(it -> judge(onboarding, catalog, it))
                .orElseGet(() -> suspended(catalog));
    }

    private static CatalogCheck suspended(DesiredCatalog catalog) {
        return new CatalogCheck(
                new VerifierVerdict(catalog.name(), catalog.verifier().clientId(), Optional.empty(), Optional.empty()),
                catalog.applications().stream().map(OnboardingCheck::unread).toList(),
                catalog.former().stream()
                        .<FormerVerdict>map(FormerVerdict.Unread::new)
                        .toList());
    }

    private static ApplicationVerdict unread(DesiredApplication application) {
        return application.verifiable()
                ? new ApplicationVerdict.Unread(application, SUSPENDED)
                : new ApplicationVerdict.NotVerifiable(application);
    }

    private Looks looks(TenantOnboarding onboarding, DesiredCatalog catalog, Verifier verifier, TenantReading reading) {
        var read = reading.observation();
        var judged = judged(onboarding, catalog, read);
        var stale = !wasUnknown(onboarding, catalog) && judged.stream().anyMatch(it -> unknownPermission(it.verdict()));
        var first = stale ? directory.read(query(onboarding, catalog, verifier, true)) : read;
        var doubtful = doubtful(onboarding, catalog, first, stale ? judged(onboarding, catalog, first) : judged);
        if (doubtful.isEmpty()) {
            return new Looks(first, Map.of(), reading.fingerprint().filter(_ -> !stale));
        }
        var second = directory.read(query(onboarding, catalog.only(doubtful), verifier, false));
        return new Looks(first, doubtful.stream().collect(Collectors.toMap(it -> it, _ -> second)), Optional.empty());
    }

    /** A catalog's mistake may have been mended by the API's owner, so what was unknown is looked up anew. */
    private static boolean wasUnknown(TenantOnboarding onboarding, DesiredCatalog catalog) {
        return onboarding.known().applications().stream()
                .anyMatch(it -> it.catalog().equals(catalog.name()) && unknownPermission(it.state()));
    }

    private List<Judged> judged(TenantOnboarding onboarding, DesiredCatalog catalog, TenantObservation observation) {
        return catalog.applications().stream()
                .map(it -> {
                    var memory = memory(onboarding, it);
                    return new Judged(memory, judge.judge(it, observation, memory));
                })
                .toList();
    }

    /** The client ids of what a reading takes back. */
    private Set<String> doubtful(
            TenantOnboarding onboarding, DesiredCatalog catalog, TenantObservation observation, List<Judged> judged) {
        var licensed = judged.stream()
                .filter(it -> SecondLook.isDue(it.memory(), it.verdict()))
                .flatMap(it -> it.verdict().application().clientId().stream());
        var former = catalog.former().stream()
                .filter(it -> SecondLook.isDue(judge.judge(it, observation, memory(onboarding, it))))
                .map(FormerApplication::clientId);
        return Stream.concat(licensed, former).collect(Collectors.toSet());
    }

    private static boolean unknownPermission(ApplicationVerdict verdict) {
        return verdict instanceof ApplicationVerdict.Proven proven && unknownPermission(proven.state());
    }

    private static boolean unknownPermission(ApplicationState state) {
        return state == ApplicationState.UnknownPermission;
    }

    private CatalogCheck judge(TenantOnboarding onboarding, DesiredCatalog catalog, Looks looks) {
        var verdicts = catalog.applications().stream()
                .map(it -> judge(it, looks, memory(onboarding, it)))
                .toList();
        var needsDelegated = catalog.applications().stream()
                .flatMap(it -> it.permissions().stream())
                .anyMatch(it ->
                        it.required() && it.verifiable() && it.permission().type() == PermissionType.Delegated);
        var verifier = VerifierVerdict.of(
                catalog.name(), catalog.verifier().clientId(), licensed(catalog, looks.first()), needsDelegated);
        var former = catalog.former().stream()
                .map(it -> judge.judge(
                        it, looks.again().getOrDefault(it.clientId(), looks.first()), memory(onboarding, it)))
                .toList();
        return new CatalogCheck(verifier, verdicts, former);
    }

    private ApplicationVerdict judge(DesiredApplication application, Looks looks, Memory memory) {
        var first = judge.judge(application, looks.first(), memory);
        return application
                .clientId()
                .map(looks.again()::get)
                .filter(_ -> SecondLook.isDue(memory, first))
                .map(it -> SecondLook.settled(first, judge.judge(application, it, memory), memory))
                .orElse(first);
    }

    /**
     * What is no longer licensed says nothing of the verifier: that it cannot be read troubles nobody. Only where the
     * tenant has nothing else does it show what the verifier may read.
     */
    private static TenantObservation licensed(DesiredCatalog catalog, TenantObservation observation) {
        if (catalog.former().isEmpty()
                || !(observation.applications()
                        instanceof Reading.Complete<Map<String, ApplicationObservation>>(var applications))) {
            return observation;
        }
        var licensed = new HashMap<>(applications);
        var former = catalog.former().stream()
                .map(it -> licensed.remove(it.clientId()))
                .toList();
        var nothingElse =
                licensed.values().stream().allMatch(it -> it.servicePrincipal().isEmpty());
        var denied = former.stream()
                .filter(_ -> nothingElse)
                .flatMap(it -> it.delegatedGrants().ifFailed().stream())
                .filter(it -> it.reason() == Failure.Reason.VerifierPermissionsMissing)
                .findFirst();
        return new TenantObservation(
                observation.readAt(),
                Reading.of(licensed),
                observation.resources(),
                observation.otherResources(),
                observation.delegatedGrantsUnreadable().or(() -> denied));
    }

    private Memory memory(TenantOnboarding onboarding, DesiredApplication application) {
        var memory = memory(onboarding, application.catalog(), application.name(), application.clientId());
        return consentReturns.remembered(onboarding, application, memory, clock.instant());
    }

    private static Memory memory(TenantOnboarding onboarding, FormerApplication application) {
        return memory(onboarding, application.catalog(), application.name(), Optional.of(application.clientId()));
    }

    private static Memory memory(
            TenantOnboarding onboarding, String catalog, String application, Optional<String> clientId) {
        return onboarding
                .known()
                .application(catalog, application)
                .filter(it -> Optional.ofNullable(it.clientId()).equals(clientId))
                .map(it -> Memories.of(onboarding.known(), it))
                .orElse(Memory.NONE);
    }

    private static TenantQuery query(
            TenantOnboarding onboarding, DesiredCatalog catalog, Verifier verifier, boolean freshDefinitions) {
        var applications = catalog.clientIds().stream()
                .map(it -> new ApplicationQuery(it, lastServicePrincipalId(onboarding, it)))
                .toList();
        return new TenantQuery(
                catalog.cloud(),
                tenantId(onboarding.getSpec()),
                verifier,
                applications,
                catalog.resources(),
                freshDefinitions);
    }

    private static Optional<String> lastServicePrincipalId(TenantOnboarding onboarding, String clientId) {
        return onboarding.known().applications().stream()
                .filter(it -> clientId.equals(it.clientId()))
                .map(ApplicationStatus::servicePrincipalId)
                .flatMap(it -> Optional.ofNullable(it).stream())
                .findFirst();
    }

    static String tenantId(TenantOnboardingSpec spec) {
        return spec.tenantId().toLowerCase(Locale.ROOT);
    }

    /** What became of a look. */
    sealed interface Observed {
        Readings readings();
    }

    /**
     * Every tenant answered as it was known to.
     *
     * @param endpoints what is known about the endpoints
     * @param later makes readings of the answers, for whoever needs them all the same
     */
    record Unchanged(List<EndpointVerdict> endpoints, Supplier<Readings> later) implements Observed {

        @Override
        public Readings readings() {
            return later.get();
        }
    }

    /**
     * What one check saw.
     *
     * @param readAt when it began to look
     * @param desired what it looked for
     * @param tenant what the verifier of each catalog read; nothing while suspended
     * @param endpoints what is known about the endpoints
     */
    record Readings(
            Instant readAt, DesiredOnboarding desired, Map<String, Looks> tenant, List<EndpointVerdict> endpoints)
            implements Observed {

        @Override
        public Readings readings() {
            return this;
        }

        /** By catalog; none where one of them has none, so that others would not tell enough. */
        Map<String, Fingerprint> fingerprints() {
            return tenant.values().stream().allMatch(it -> it.fingerprint().isPresent())
                    ? tenant.entrySet().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    Map.Entry::getKey,
                                    it -> it.getValue().fingerprint().orElseThrow()))
                    : Map.of();
        }
    }

    /**
     * What the verifier of one catalog read.
     *
     * @param first all of it
     * @param again by client id, what was read right after of that which the first reading takes back
     * @param fingerprint tells the first, where that was enough
     */
    record Looks(TenantObservation first, Map<String, TenantObservation> again, Optional<Fingerprint> fingerprint) {}

    /** What one reading says of an application, and what that was judged by. */
    private record Judged(Memory memory, ApplicationVerdict verdict) {}

    private record CatalogCheck(
            VerifierVerdict verifier, List<ApplicationVerdict> applications, List<FormerVerdict> former) {}
}
