package dev.tenantops.onboarding.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Requested;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link PublisherDirectory} does, whatever is behind it. */
public interface PublisherDirectoryContract {

    String AGENT = "aaaaaaaa-0000-4000-8000-000000000001";
    String RECORDER = "aaaaaaaa-0000-4000-8000-000000000002";
    String GRAPH = "00000003-0000-0000-c000-000000000000";
    String REPLY_URL = "https://publisher.example/consented";

    PublisherWorld world();

    @Test
    default void aRegistrationShowsItsAudienceItsReplyUrlsAndWhatItRequests() {
        world().register(AGENT, List.of(REPLY_URL), Map.of("User.Read.All", PermissionType.Application));
        var seen = complete(AGENT);
        var role = seen.resources()
                .get(GRAPH)
                .definitions()
                .ifComplete()
                .orElseThrow()
                .appRole("User.Read.All")
                .orElseThrow()
                .id();
        assertThat(seen.registrations())
                .containsExactly(Map.entry(
                        AGENT,
                        new Seen.Present(
                                true,
                                Set.of(REPLY_URL),
                                Set.of(new Requested(GRAPH, PermissionType.Application, role)))));
    }

    @Test
    default void aRoleAndAScopeOfOneNameAreToldApart() {
        world().register(AGENT, List.of(), Map.of("User.Read.All", PermissionType.Delegated));
        var seen = complete(AGENT);
        var definitions = seen.resources().get(GRAPH).definitions().ifComplete().orElseThrow();
        assertThat(((Seen.Present) seen.registrations().get(AGENT)).requested())
                .containsExactly(new Requested(
                        GRAPH,
                        PermissionType.Delegated,
                        definitions.scope("User.Read.All").orElseThrow().id()));
    }

    @Test
    default void aRegistrationThatIsClosedToOthersSaysSo() {
        world().register(AGENT, List.of(), Map.of());
        world().close(AGENT);
        assertThat(complete(AGENT).registrations()).containsEntry(AGENT, new Seen.Present(false, Set.of(), Set.of()));
    }

    @Test
    default void aDeletedRegistrationIsFoundInTheRecycleBin() {
        world().register(AGENT, List.of(), Map.of());
        world().register(RECORDER, List.of(), Map.of());
        var before = Instant.now();
        world().delete(AGENT);
        var after = Instant.now();
        var seen = complete(AGENT, RECORDER).registrations();
        assertThat(seen.get(AGENT))
                .isInstanceOfSatisfying(
                        Seen.Deleted.class, it -> assertThat(it.at()).isBetween(before, after));
        assertThat(seen.get(RECORDER)).isInstanceOf(Seen.Present.class);
    }

    @Test
    default void aRestoredRegistrationIsThereAgain() {
        world().register(AGENT, List.of(), Map.of());
        var before = complete(AGENT);
        world().delete(AGENT);
        world().restore(AGENT);
        assertThat(complete(AGENT)).isEqualTo(before);
    }

    @Test
    default void oneThatNeverWasIsAbsent() {
        world().register(AGENT, List.of(), Map.of());
        assertThat(complete(RECORDER).registrations()).containsExactly(Map.entry(RECORDER, new Seen.Absent()));
    }

    @Test
    default void whoMayNotReadRegistrationsSaysWhatIsMissing() {
        world().register(AGENT, List.of(), Map.of());
        world().denyVerifier();
        assertThat(read(AGENT).ifFailed()).map(Failure::reason).contains(Failure.Reason.VerifierPermissionsMissing);
    }

    @Test
    default void aVerifierThatIsNotInTheTenantCannotRead() {
        world().register(AGENT, List.of(), Map.of());
        world().removeVerifier();
        assertThat(read(AGENT).ifFailed()).map(Failure::reason).contains(Failure.Reason.VerifierConsentRequired);
    }

    private PublisherObservation complete(String... clientIds) {
        var reading = read(clientIds);
        assertThat(reading).isInstanceOf(Reading.Complete.class);
        return reading.ifComplete().orElseThrow();
    }

    private Reading<PublisherObservation> read(String... clientIds) {
        return world().directory()
                .registrations(new PublisherQuery(
                        world().cloud(), world().tenantId(), world().verifier(), List.of(clientIds), Set.of(GRAPH)));
    }
}
