package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The truth at one moment, kept apart from the simulator and from the operator.
 *
 * @param applications what the tenant has, by the name in the catalog
 * @param demands what the catalog asks for and what was registered, by the same name
 * @param deletedRegistrations the names of those whose publisher deleted the registration
 * @param licensed the names that the licences bring
 * @param resources the APIs that the tenant has
 * @param disabledResources those of them that are disabled
 * @param verifierConsented whether the tenant consented to the verifier
 * @param verifierLowered whether the verifier has the lower read tier only
 * @param secretStored whether the operator has the verifier's present secret
 * @param secretStoredAt since when it has that which it has
 * @param undisturbed whether nothing is made to fail
 * @param suspended whether the onboarding is
 * @param catalogAway whether the licences name a catalog that is not there
 * @param claimedElsewhere whether the tenant is another onboarding's to verify
 * @param terms what ends with time, and what somebody vouches for
 * @param lag how far the slowest replica is behind
 */
record Facts(
        Map<String, ApplicationFacts> applications,
        Map<String, Demand> demands,
        Set<String> deletedRegistrations,
        Set<String> licensed,
        Set<String> resources,
        Set<String> disabledResources,
        boolean verifierConsented,
        boolean verifierLowered,
        boolean secretStored,
        Instant secretStoredAt,
        boolean undisturbed,
        boolean suspended,
        boolean catalogAway,
        boolean claimedElsewhere,
        Terms terms,
        Duration lag) {

    /** How an application stands in the tenant. */
    enum Presence {
        Absent,
        Live,
        Deleted
    }

    /** Who keeps an application from getting tokens, although its grants stand. */
    enum Block {
        None(ApplicationState.Granted),
        /** An administrator of the tenant. */
        Administrator(ApplicationState.ApplicationDisabled),
        /** The publisher, in all tenants. */
        Publisher(ApplicationState.ApplicationDeactivated),
        /** Microsoft, in all tenants. */
        Microsoft(ApplicationState.DisabledByMicrosoft);

        private final ApplicationState state;

        Block(ApplicationState state) {
            this.state = state;
        }

        /** What is to be said of it. */
        ApplicationState state() {
            return state;
        }
    }

    /**
     * @param held the verifiable permissions that are granted tenant-wide; of a deleted application, those that come
     *     back with it
     * @param users those that users granted for themselves
     */
    record ApplicationFacts(Presence presence, Block block, Set<Permission> held, Set<Permission> users) {

        static final ApplicationFacts ABSENT = new ApplicationFacts(Presence.Absent, Block.None, Set.of(), Set.of());

        ApplicationFacts {
            held = Set.copyOf(held);
            users = Set.copyOf(users);
        }

        boolean live() {
            return presence == Presence.Live;
        }

        ApplicationFacts with(Presence now) {
            return new ApplicationFacts(now, block, held, users);
        }

        boolean enabled() {
            return block == Block.None;
        }

        ApplicationFacts blockedBy(Block now) {
            return new ApplicationFacts(presence, now, held, users);
        }

        ApplicationFacts holding(Set<Permission> now) {
            return new ApplicationFacts(Presence.Live, block, now, users);
        }

        ApplicationFacts plus(Permission permission) {
            var more = new HashSet<>(held);
            more.add(permission);
            return holding(more);
        }

        ApplicationFacts plusUsers(Set<Permission> permissions) {
            var more = new HashSet<>(users);
            more.addAll(permissions);
            return new ApplicationFacts(Presence.Live, block, held, more);
        }

        ApplicationFacts without(Predicate<Permission> lost) {
            return new ApplicationFacts(presence, block, kept(held, lost), kept(users, lost));
        }

        private static Set<Permission> kept(Set<Permission> all, Predicate<Permission> lost) {
            var kept = new HashSet<>(all);
            kept.removeIf(lost);
            return kept;
        }
    }

    /** What the catalog asks of an application, and what its publisher registered. */
    record Demand(Set<Permission> required, Set<Permission> registered) {

        Demand {
            required = Set.copyOf(required);
            registered = Set.copyOf(registered);
        }

        Demand requiring(Set<Permission> now) {
            return new Demand(now, registered);
        }

        Demand registering(Set<Permission> now) {
            return new Demand(required, now);
        }
    }

    Facts {
        applications = Map.copyOf(applications);
        demands = Map.copyOf(demands);
        deletedRegistrations = Set.copyOf(deletedRegistrations);
        licensed = Set.copyOf(licensed);
        resources = Set.copyOf(resources);
        disabledResources = Set.copyOf(disabledResources);
    }

    boolean verifierReads() {
        return verifierMayRead() && secretStored;
    }

    /** Whether the tenant lets it read, whoever it says that it is. */
    boolean verifierMayRead() {
        return verifierConsented && !verifierLowered;
    }

    ApplicationFacts application(String name) {
        return applications.getOrDefault(name, ApplicationFacts.ABSENT);
    }

    Set<Permission> required(String name) {
        return demands.get(name).required();
    }

    /** Whether the tenant really grants this permission to the application. */
    boolean holds(String name, Permission permission) {
        var application = application(name);
        return application.live()
                && application.held().contains(permission)
                && resources.contains(permission.resource());
    }

    /** What the application needs, but for what somebody attests the customer does without. */
    Set<Permission> needed(String name, Instant now) {
        return terms.needed(name, required(name), now);
    }

    Set<Permission> missing(String name, Instant now) {
        var missing = new TreeSet<>(needed(name, now));
        missing.removeIf(it -> holds(name, it));
        return missing;
    }
}
