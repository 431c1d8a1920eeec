package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.InMemoryPublisherDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.status.Registrations;
import dev.tenantops.onboarding.operator.verdict.RegistrationVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HomeTenantsTest {

    private static final String HOME = "3c1f6d0e-0000-4000-8000-00000000ffff";
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final String GRAPH = WellKnownResource.MicrosoftGraph.appId();
    private static final String ACS = WellKnownResource.AzureCommunicationServices.appId();

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryPublisherDirectory directory = new InMemoryPublisherDirectory(clock);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<ObjectKey> woken = new ArrayList<>();
    private final HomeTenants homes = new HomeTenants(
            directory,
            Samples::clouds,
            new VerifierSecrets(name -> Optional.of(PipelineFixture.secret(name, "secret", 1)), Optional.empty()),
            Optional.empty(),
            INTERVAL,
            waiting::add,
            woken::add,
            clock);

    private ApplicationCatalog catalog = catalog("heedify-verifier}, homeTenantId: " + HOME + "}");

    @BeforeEach
    void register() {
        directory.defineApi(GRAPH, Set.of("Presence.Read.All"), Set.of());
        directory.defineApi(ACS, Set.of(), Set.of());
        directory.register(Samples.PRESENCE, Set.of(), GRAPH, Map.of("Presence.Read.All", PermissionType.Application));
        directory.register(Samples.CONSOLE, Set.of(), GRAPH, Map.of());
        directory.register(Samples.VERIFIER, Set.of(), GRAPH, Map.of());
    }

    @Test
    void aCatalogThatNamesNoHomeTenantCostsNothing() {
        catalog = Samples.catalog(Samples.CATALOG);
        assertThat(look()).isEqualTo(new Registrations.NotAskedFor());
        assertThat(waiting).isEmpty();
    }

    @Test
    void aLookWaitsForNoReadingAndIsWokenByIt() {
        assertThat(homes.registrations(catalog)).isEqualTo(new Registrations.NotYet());
        assertThat(homes.registrations(catalog)).isEqualTo(new Registrations.NotYet());
        assertThat(waiting).as("readings under way").hasSize(1);
        waiting.remove().run();
        assertThat(woken).containsExactly(ObjectKey.of(catalog));
        assertThat(states()).containsOnly(RegistrationState.Registered);
    }

    @Test
    void oneReadingServesAllOnboardingsForAnInterval() {
        look();
        for (int second = 0; second < 299; second += 30) {
            clock.advance(Duration.ofSeconds(29));
            look();
        }
        assertThat(directory.readings()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(30));
        look();
        assertThat(directory.readings()).isEqualTo(2);
    }

    @Test
    void anotherSpecIsReadAtOnce() {
        look();
        catalog = catalog("other-verifier}, homeTenantId: " + HOME + "}");
        assertThat(homes.registrations(catalog)).isEqualTo(new Registrations.NotYet());
        assertThat(waiting).hasSize(1);
    }

    @Test
    void whatMakesGrantsWorthlessTakesTwoReadings() {
        directory.delete(Samples.PRESENCE);
        look();
        assertThat(states())
                .containsExactly(RegistrationState.Deleted, RegistrationState.Registered, RegistrationState.Registered);
        assertThat(directory.readings()).isEqualTo(2);
    }

    @Test
    void twoReadingsThatContradictEachOtherProveNothing() {
        directory.delete(Samples.PRESENCE);
        var readings = new ArrayDeque<Runnable>(List.of(() -> {}, () -> directory.restore(Samples.PRESENCE)));
        directory.fail(() -> {
            readings.remove().run();
            return Optional.empty();
        });
        look();
        assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Unread.class);
    }

    @Test
    void aDeletionThatIsKnownTakesOneReading() {
        directory.delete(Samples.PRESENCE);
        directory.purge(Samples.PRESENCE);
        catalog.setStatus(new ApplicationCatalogStatus(
                1,
                1,
                HOME,
                List.of(new RegistrationStatus(
                        "presence", Samples.PRESENCE, RegistrationState.Deleted, null, null, null)),
                List.of()));
        look();
        assertThat(states()).startsWith(RegistrationState.Deleted);
        assertThat(directory.readings()).isEqualTo(1);
    }

    @Test
    void aReadingThatFailsInPassingChangesNothingForThreeIntervals() {
        look();
        fail(Failure.Reason.GraphUnavailable);
        for (int reading = 0; reading < 3; reading++) {
            clock.advance(INTERVAL);
            look();
            assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Read.class);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Unread.class);
    }

    @Test
    void whatAPersonHasToMendIsToldAtOnce() {
        look();
        fail(Failure.Reason.VerifierPermissionsMissing);
        clock.advance(INTERVAL);
        look();
        assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Unread.class);
    }

    @Test
    void aFaultOfTheOperatorIsAFailedReadingAndNotTheLastOne() {
        directory.fail(() -> {
            throw new IllegalStateException("a fault");
        });
        look();
        assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Unread.class);
        directory.fail(Optional::empty);
        clock.advance(INTERVAL);
        look();
        assertThat(states()).containsOnly(RegistrationState.Registered);
    }

    @Test
    void aReadingThatNeverEndsIsToldAndFollowedByAnother() {
        look();
        clock.advance(INTERVAL);
        homes.registrations(catalog);
        var hung = waiting.remove();
        clock.advance(INTERVAL.multipliedBy(3));
        assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Read.class);
        assertThat(waiting).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(homes.registrations(catalog)).isInstanceOf(Registrations.Unread.class);
        directory.delete(Samples.PRESENCE);
        hung.run();
        assertThat(homes.registrations(catalog))
                .as("what was given up comes too late")
                .isInstanceOf(Registrations.Unread.class);
        waiting.remove().run();
        assertThat(states()).startsWith(RegistrationState.Deleted);
    }

    @Test
    void anInterruptedReadingIsNotTheLastOne() {
        homes.registrations(catalog);
        Thread.currentThread().interrupt();
        waiting.remove().run();
        assertThat(Thread.interrupted()).isTrue();
        clock.advance(INTERVAL);
        look();
        assertThat(states()).containsOnly(RegistrationState.Registered);
    }

    private void fail(Failure.Reason reason) {
        directory.fail(() -> Optional.of(Failure.of(reason, "It failed.", "Wait.")));
    }

    /** Looks, and has read what the look asks for. */
    private Registrations look() {
        var found = homes.registrations(catalog);
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        return found;
    }

    private List<RegistrationState> states() {
        return ((Registrations.Read) homes.registrations(catalog))
                .verdicts().stream().map(RegistrationVerdict::state).toList();
    }

    private static ApplicationCatalog catalog(String verifier) {
        return Samples.catalog(Samples.CATALOG.replace("heedify-verifier}}", verifier));
    }
}
