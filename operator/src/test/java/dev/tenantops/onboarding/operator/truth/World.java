package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.truth.Facts.Demand;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A customer's tenant in the simulated cloud, and beside it what is really true of it. */
final class World implements AutoCloseable {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Simulated Microsoft");

    private final VirtualClock clock;
    private final SimulatedDirectory directory;
    private final MicrosoftSimulator simulator;
    private final Timeline timeline = new Timeline();

    private final WorldTenant tenant;
    private final Map<String, Demand> demands = new HashMap<>(WorldCatalog.atFirst());
    private final Set<String> deletedRegistrations = new HashSet<>();
    private Terms terms = Terms.NONE;
    private String plan = "basic";
    private boolean verifierConsented = true;
    private boolean verifierLowered;
    private boolean undisturbed = true;
    private boolean suspended;
    private boolean catalogAway;
    private boolean claimedElsewhere;
    private String secret = "secret 1";
    private String storedSecret = secret;
    private Instant secretStoredAt = Instant.EPOCH;
    private Duration lag = Duration.ZERO;
    private int retryAfter;

    World(VirtualClock clock, Duration tokenLifetime) {
        this.clock = clock;
        this.directory = new SimulatedDirectory(clock);
        this.simulator = MicrosoftSimulator.start(AUTHORITY, 0, directory);
        directory.behaviour().tokenLifetime(tokenLifetime);
        this.tenant = new WorldTenant(directory);
        WorldCatalog.atFirst().keySet().forEach(this::register);
        directory.register(WorldCatalog.verifier(secret));
        directory.consent(WorldTenant.ID, WorldCatalog.VERIFIER);
        record();
    }

    static CertificateAuthority authority() {
        return AUTHORITY;
    }

    Timeline timeline() {
        return timeline;
    }

    CloudEndpoints cloud() {
        return new CloudEndpoints(Cloud.Custom, simulator.url(), simulator.url());
    }

    long requests() {
        return simulator.requests().counters().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    String plan() {
        return plan;
    }

    /** What stands in the spec as attested. */
    List<Terms.Word> attestations() {
        return terms.attestations();
    }

    boolean suspended() {
        return suspended;
    }

    /** How long a request that fails now may be told to wait. */
    Duration retryAfter() {
        return Duration.ofSeconds(retryAfter);
    }

    String storedSecret() {
        return storedSecret;
    }

    /** Since when the operator's Secret holds that. */
    Instant secretStoredAt() {
        return secretStoredAt;
    }

    @Override
    public void close() {
        simulator.close();
    }

    /**
     * The catalog as it stands, if it is there.
     *
     * @param end when something ends for whoever reads it
     */
    Optional<ApplicationCatalog> catalog(UnaryOperator<Instant> end) {
        return catalogAway
                ? Optional.empty()
                : Optional.of(WorldCatalog.of(demands, terms.ending(end), deletedRegistrations));
    }

    /** The catalogs with whose verifiers the tenant is another onboarding's; one that is not there says nothing of claims. */
    Set<String> claimedElsewhere() {
        return isClaimedElsewhere() ? Set.of(WorldCatalog.NAME) : Set.of();
    }

    private boolean isClaimedElsewhere() {
        return claimedElsewhere && !catalogAway;
    }

    /** Lets something happen to the tenant, the catalog or the cloud. */
    void happen(Step step) {
        switch (step) {
            case Step.Consent(String name, boolean _) -> {
                if (!deletedRegistrations.contains(name)) {
                    tenant.consent(name, demands.get(name).registered());
                }
            }
            case Step.UserConsent(String name) -> {
                if (!deletedRegistrations.contains(name)) {
                    tenant.userConsent(name, demands.get(name).registered());
                }
            }
            case Step.DeleteRegistration(String name) -> deletedRegistrations.add(name);
            case Step.RestoreRegistration(String name) -> deletedRegistrations.remove(name);
            case Step.Revoke(String name, int number) -> tenant.revoke(name, number);
            case Step.RevokeAll(String name) -> tenant.revokeAll(name);
            case Step.GrantSurplus(String name) -> tenant.grantSurplus(name);
            case Step.AssignWithoutRole(String name) -> tenant.assignWithoutRole(name);
            case Step.LookAlike(String name) -> tenant.lookAlike(name);
            case Step.Disable(String name, int how) -> tenant.disable(name, how);
            case Step.Enable(String name) -> tenant.enable(name);
            case Step.Delete(String name) -> tenant.delete(name);
            case Step.Restore(String name) -> tenant.restore(name);
            case Step.Purge(String name) -> {
                // Microsoft deletes for good from the recycle bin only, so that what is live passes through it: a
                // replica
                // may show the application gone while another still shows it there. Source:
                // https://learn.microsoft.com/graph/api/directory-deleteditems-delete
                tenant.delete(name);
                record();
                tenant.purge(name);
            }
            case Step.RemoveResource(String resource) -> tenant.removeResource(resource);
            case Step.ProvisionResource(String resource) -> tenant.provisionResource(resource);
            case Step.DisableResource(String resource) -> tenant.setResource(resource, false);
            case Step.EnableResource(String resource) -> tenant.setResource(resource, true);
            case Step.CatalogGrows(String name, int number, boolean registered) -> grow(name, number, registered);
            case Step.CatalogShrinks(String name, int number) -> shrink(name, number);
            case Step.RegistrationFollows(String name) -> {
                demand(name, demands.get(name).registering(union(demands.get(name))));
                register(name);
            }
            case Step.License(String to) -> plan = to;
            case Step.RevokeVerifier() -> {
                directory.revokeConsent(WorldTenant.ID, WorldCatalog.VERIFIER);
                verifierConsented = false;
            }
            case Step.LowerVerifier() -> lowerVerifier();
            case Step.ConsentToVerifier() -> {
                directory.consent(WorldTenant.ID, WorldCatalog.VERIFIER);
                verifierConsented = true;
                verifierLowered = false;
            }
            case Step.RotateSecret() -> rotateSecret();
            case Step.StoreSecret() -> storeSecret();
            case Step.ReplaceSecret() -> {
                rotateSecret();
                storeSecret();
            }
            case Step.CredentialLag(List<Integer> seconds) ->
                directory
                        .behaviour()
                        .credentialLags(
                                seconds.stream().map(Duration::ofSeconds).toArray(Duration[]::new));
            case Step.Lag(List<Integer> seconds) -> {
                var lags = seconds.stream().map(Duration::ofSeconds).toArray(Duration[]::new);
                directory.behaviour().replicaLags(lags);
                lag = Stream.of(lags).max(Duration::compareTo).orElse(Duration.ZERO);
            }
            case Step.Pages(int size, boolean leadingSpace) ->
                directory.behaviour().pageSize(size).leadingSpaceInScopes(leadingSpace);
            case Step.Fail(var kind, String path, Effect effect) -> {
                var fault = Fault.on(kind, effect);
                directory.fail(path == null ? fault : fault.onPath(path));
                undisturbed = false;
                if (effect instanceof Effect.Status(int _, Integer seconds, String _) && seconds != null) {
                    retryAfter = Math.max(retryAfter, seconds);
                }
            }
            case Step.Heal() -> {
                directory.heal();
                undisturbed = true;
                retryAfter = 0;
            }
            case Step.Suspend() -> suspended = true;
            case Step.Resume() -> suspended = false;
            case Step.CatalogAway() -> catalogAway = true;
            case Step.CatalogBack() -> catalogAway = false;
            case Step.ClaimedElsewhere() -> claimedElsewhere = true;
            case Step.ClaimFreed() -> claimedElsewhere = false;
            case Step.Retire(String name, int number, int days) ->
                terms = terms.retiring(
                        name,
                        WorldCatalog.permission(name, number),
                        clock.instant().truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS));
            case Step.Unretire(String name) -> terms = terms.notRetiring(name);
            case Step.AskForAttestation(String name, boolean asked) -> terms = terms.asking(name, asked);
            case Step.Attest(String name, int number, int seconds) ->
                terms = terms.with(new Terms.Word(
                        name,
                        WorldCatalog.permission(name, number),
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds)));
            case Step.AttestPrerequisite(String name, int seconds) ->
                terms = terms.with(new Terms.Word(
                        name,
                        Terms.PREREQUISITE,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds)));
            case Step.WithdrawAttestations() ->
                terms = new Terms(terms.retirements(), terms.prerequisites(), List.of());
            case Step.NextDay _,
                    Step.Wait _,
                    Step.Callback _,
                    Step.ForgedReturn _,
                    Step.Restart _,
                    Step.ApiServerDown _ -> {
                // They concern the operator alone.
            }
        }
        record();
    }

    private void rotateSecret() {
        secret = secret + "'";
        directory.rotateSecret(WorldCatalog.VERIFIER, secret);
    }

    private void storeSecret() {
        if (!storedSecret.equals(secret)) {
            storedSecret = secret;
            secretStoredAt = clock.instant();
        }
    }

    private void grow(String name, int number, boolean registered) {
        var added = WorldCatalog.permission(name, number);
        var demand = demands.get(name);
        var required = new HashSet<>(demand.required());
        required.add(added);
        demand(name, demand.requiring(required));
        if (registered) {
            demand(name, demands.get(name).registering(union(demands.get(name))));
        }
        register(name);
    }

    private void shrink(String name, int number) {
        var demand = demands.get(name);
        var required = new HashSet<>(demand.required());
        required.remove(WorldCatalog.permission(name, number));
        if (!required.isEmpty()) {
            demand(name, demand.requiring(required));
        }
    }

    private void lowerVerifier() {
        if (verifierConsented && !verifierLowered) {
            directory.revoke(
                    WorldTenant.ID,
                    WorldCatalog.VERIFIER,
                    WorldCatalog.GRAPH,
                    PermissionType.Application,
                    "Directory.Read.All");
            verifierLowered = true;
        }
    }

    private static Set<Permission> union(Demand demand) {
        var all = new HashSet<>(demand.registered());
        all.addAll(demand.required());
        return all;
    }

    private void demand(String name, Demand demand) {
        demands.put(name, demand);
    }

    private void register(String name) {
        directory.register(WorldCatalog.registration(name, demands.get(name).registered()));
    }

    private void record() {
        timeline.record(
                clock.instant(),
                new Facts(
                        tenant.applications(),
                        demands,
                        deletedRegistrations,
                        WorldCatalog.licensed(plan),
                        tenant.resources(),
                        tenant.disabledResources(),
                        verifierConsented,
                        verifierLowered,
                        storedSecret.equals(secret),
                        secretStoredAt,
                        undisturbed,
                        suspended,
                        catalogAway,
                        isClaimedElsewhere(),
                        terms,
                        lag));
    }

    Instant now() {
        return clock.instant();
    }
}
