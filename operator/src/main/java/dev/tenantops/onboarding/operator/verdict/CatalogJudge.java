package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges what the verifier of one catalog read: the catalog's applications, and the verifier itself. */
public final class CatalogJudge {

    private static final Failure SUSPENDED = Failure.of(
            Failure.Reason.GraphUnavailable, "Verification is suspended.", "Set spec.suspend to false to go on.");

    private final ApplicationJudge judge;

    public CatalogJudge(Propagation propagation) {
        this.judge = new ApplicationJudge(propagation);
    }

    /**
     * What has to be read again before a first reading is judged.
     *
     * @param defined whether it read anew what the resource APIs define
     */
    public Reread reread(DesiredCatalog catalog, TenantObservation first, CatalogMemory memory, boolean defined) {
        var verdicts = catalog.applications().stream()
                .map(it -> judge.judge(it, first, memory.of(it)))
                .toList();
        if (!defined && verdicts.stream().anyMatch(CatalogJudge::unknownPermission)) {
            return new Reread.Definitions();
        }
        var doubtful = doubtful(catalog, first, memory, verdicts);
        return doubtful.isEmpty() ? new Reread.Nothing() : new Reread.Applications(doubtful);
    }

    /** Judges what was read. */
    public CatalogVerdict judge(DesiredCatalog catalog, CatalogReading reading, CatalogMemory memory) {
        return new CatalogVerdict(
                VerifierVerdict.of(
                        catalog.name(),
                        catalog.verifier().clientId(),
                        licensed(catalog, reading.first()),
                        needsDelegated(catalog)),
                catalog.applications().stream()
                        .map(it -> judge(it, reading, memory.of(it)))
                        .toList(),
                catalog.former().stream()
                        .map(it -> judge.judge(it, reading.last(it.clientId()), memory.of(it)))
                        .toList());
    }

    /** What is said of a catalog of which nothing is read while the onboarding is suspended. */
    public static CatalogVerdict suspended(DesiredCatalog catalog) {
        return new CatalogVerdict(
                new VerifierVerdict(catalog.name(), catalog.verifier().clientId(), Optional.empty(), Optional.empty()),
                catalog.applications().stream().map(CatalogJudge::unread).toList(),
                catalog.former().stream()
                        .<FormerVerdict>map(FormerVerdict.Unread::new)
                        .toList());
    }

    private static ApplicationVerdict unread(DesiredApplication application) {
        return application.verifiable()
                ? new ApplicationVerdict.Unread(application, SUSPENDED)
                : new ApplicationVerdict.NotVerifiable(application);
    }

    private static boolean unknownPermission(ApplicationVerdict verdict) {
        return verdict instanceof ApplicationVerdict.Proven proven
                && proven.state() == ApplicationState.UnknownPermission;
    }

    /** The client ids of what a reading takes back. */
    private Set<String> doubtful(
            DesiredCatalog catalog,
            TenantObservation observation,
            CatalogMemory memory,
            List<ApplicationVerdict> verdicts) {
        var licensed = verdicts.stream()
                .filter(it -> SecondLook.isDue(memory.of(it.application()), it))
                .flatMap(it -> it.application().clientId().stream());
        var former = catalog.former().stream()
                .filter(it -> SecondLook.isDue(judge.judge(it, observation, memory.of(it))))
                .map(FormerApplication::clientId);
        return Stream.concat(licensed, former).collect(Collectors.toSet());
    }

    private ApplicationVerdict judge(DesiredApplication application, CatalogReading reading, Memory memory) {
        var first = judge.judge(application, reading.first(), memory);
        return application
                .clientId()
                .map(reading.again()::get)
                .filter(_ -> SecondLook.isDue(memory, first))
                .map(it -> SecondLook.settled(first, judge.judge(application, it, memory), memory))
                .orElse(first);
    }

    private static boolean needsDelegated(DesiredCatalog catalog) {
        return catalog.applications().stream()
                .filter(DesiredApplication::verifiable)
                .flatMap(it -> it.permissions().stream())
                .anyMatch(it ->
                        it.required() && it.verifiable() && it.permission().type() == PermissionType.Delegated);
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
                observation.delegatedGrantsUnreadable().or(() -> denied),
                observation.organizationName());
    }
}
