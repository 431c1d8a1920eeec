package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.desired.CatalogRetirement;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the onboardings that name a catalog make of it: all that a catalog's status takes from them.
 *
 * @param onboardings how many there are
 * @param unknownPermission an application that asks for a permission which its API does not know
 * @param signIns what became of the sign-ins with its credential
 * @param withdrawn the applications that no tenant can use any more, as tenants show it, the worst first
 * @param deactivationNotShown whether Microsoft Graph does not show in this cloud whether an application is deactivated
 * @param retiring how many have an application and do not do without a permission of it that ends, by {@link
 *     CatalogRetirement#key}
 */
public record CatalogUse(
        int onboardings,
        Optional<UnknownPermission> unknownPermission,
        SignIns signIns,
        List<Withdrawn> withdrawn,
        boolean deactivationNotShown,
        Map<String, Integer> retiring) {

    /** No onboarding names it. */
    public static final CatalogUse NONE = new CatalogUse(0, Optional.empty(), SignIns.NONE);

    private static final Set<ApplicationState> WITHDRAWN = EnumSet.of(
            ApplicationState.ApplicationDeactivated,
            ApplicationState.DisabledByMicrosoft,
            ApplicationState.RegistrationDeleted,
            ApplicationState.RegistrationSingleTenant);

    /** The application's name in the catalog, and what was said of it. */
    public record UnknownPermission(String application, String message) {}

    /**
     * An application that its publisher or Microsoft took from all tenants.
     *
     * @param application its name in the catalog
     * @param state how
     * @param onboardings in the tenants of how many onboardings it was seen
     */
    public record Withdrawn(String application, ApplicationState state, int onboardings) {}

    public CatalogUse {
        withdrawn = List.copyOf(withdrawn);
        retiring = Map.copyOf(retiring);
    }

    /** Where nothing is known to be withdrawn. */
    public CatalogUse(int onboardings, Optional<UnknownPermission> unknownPermission, SignIns signIns) {
        this(onboardings, unknownPermission, signIns, List.of(), false, Map.of());
    }

    /** Where nothing is known to end. */
    public CatalogUse(
            int onboardings,
            Optional<UnknownPermission> unknownPermission,
            SignIns signIns,
            List<Withdrawn> withdrawn,
            boolean deactivationNotShown) {
        this(onboardings, unknownPermission, signIns, withdrawn, deactivationNotShown, Map.of());
    }

    /**
     * @param retirements what ends of what the catalog asks for
     * @param onboardings the statuses of the onboardings that name the catalog
     */
    public static CatalogUse of(
            String catalog, List<CatalogRetirement> retirements, Collection<TenantOnboardingStatus> onboardings) {
        return new CatalogUse(
                onboardings.size(),
                onboardings.stream()
                        .flatMap(it -> it.applications().stream())
                        .filter(it -> it.catalog().equals(catalog) && it.state() == ApplicationState.UnknownPermission)
                        .findFirst()
                        .map(it -> new UnknownPermission(it.name(), it.message())),
                SignIns.of(onboardings.stream()
                        .flatMap(it -> it.verifiers().stream())
                        .filter(it -> it.catalog().equals(catalog))
                        .map(VerifierStatus::state)
                        .toList()),
                summedUp(onboardings.stream()
                        .flatMap(it -> it.applications().stream())
                        .filter(it -> it.catalog().equals(catalog) && isWithdrawn(it.state()))
                        .map(it -> new Withdrawn(it.name(), it.state(), 1))),
                false,
                retirements.stream()
                        .collect(Collectors.toMap(CatalogRetirement::key, retirement -> (int) onboardings.stream()
                                .flatMap(it -> it.application(catalog, retirement.application()).stream())
                                .filter(it -> concerns(retirement, it))
                                .count())));
    }

    /** Whether an application in a state is of no use to any tenant, for a reason that is not the customer's. */
    public static boolean isWithdrawn(ApplicationState state) {
        return WITHDRAWN.contains(state);
    }

    /** The same, with whether a deactivation shows. */
    public CatalogUse deactivationNotShown(boolean notShown) {
        return new CatalogUse(onboardings, unknownPermission, signIns, withdrawn, notShown, retiring);
    }

    private static boolean concerns(CatalogRetirement retirement, ApplicationStatus application) {
        return application.state() != ApplicationState.NoLongerLicensed
                && !application.attested().contains(retirement.permission())
                && application.satisfied().stream()
                        .noneMatch(it -> it.permission().equals(retirement.permission()));
    }

    /** How many onboardings a retirement concerns. */
    int retiring(CatalogRetirement retirement) {
        return retiring.getOrDefault(retirement.key(), 0);
    }

    /** Together with what other onboardings make of it. */
    public CatalogUse and(CatalogUse others) {
        return new CatalogUse(
                onboardings + others.onboardings,
                unknownPermission.or(others::unknownPermission),
                signIns.and(others.signIns),
                summedUp(Stream.concat(withdrawn.stream(), others.withdrawn.stream())),
                deactivationNotShown || others.deactivationNotShown,
                Stream.of(retiring, others.retiring)
                        .flatMap(it -> it.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum)));
    }

    private static List<Withdrawn> summedUp(Stream<Withdrawn> all) {
        var counts = new TreeMap<ApplicationState, Map<String, Integer>>();
        all.forEach(it -> counts.computeIfAbsent(it.state(), _ -> new TreeMap<>())
                .merge(it.application(), it.onboardings(), Integer::sum));
        return counts.entrySet().stream()
                .flatMap(state -> state.getValue().entrySet().stream()
                        .map(it -> new Withdrawn(it.getKey(), state.getKey(), it.getValue())))
                .toList();
    }
}
