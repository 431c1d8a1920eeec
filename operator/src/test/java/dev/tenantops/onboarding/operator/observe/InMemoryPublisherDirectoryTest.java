package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fake keeps the contract. */
class InMemoryPublisherDirectoryTest implements PublisherDirectoryContract {

    private final PublisherWorld world = new InMemoryWorld();

    @Override
    public PublisherWorld world() {
        return world;
    }

    private static final class InMemoryWorld implements PublisherWorld {

        private final InMemoryPublisherDirectory directory = new InMemoryPublisherDirectory(Clock.systemUTC());

        InMemoryWorld() {
            directory.defineApi(GRAPH, Set.of("User.Read.All"), Set.of("User.Read.All"));
        }

        @Override
        public PublisherDirectory directory() {
            return directory;
        }

        @Override
        public CloudEndpoints cloud() {
            return CloudEndpoints.of(Cloud.Global).orElseThrow();
        }

        @Override
        public String tenantId() {
            return "3c1f6d0e-0000-4000-8000-00000000ffff";
        }

        @Override
        public Verifier verifier() {
            return new Verifier(
                    "bbbbbbbb-0000-4000-8000-000000000001", new Credential.FederatedToken(Optional.empty()));
        }

        @Override
        public void register(String clientId, List<String> replyUrls, Map<String, PermissionType> permissions) {
            directory.register(clientId, Set.copyOf(replyUrls), GRAPH, permissions);
        }

        @Override
        public void close(String clientId) {
            directory.close(clientId);
        }

        @Override
        public void delete(String clientId) {
            directory.delete(clientId);
        }

        @Override
        public void restore(String clientId) {
            directory.restore(clientId);
        }

        @Override
        public void denyVerifier() {
            directory.fail(() -> Optional.of(Failure.of(
                    Reason.VerifierPermissionsMissing, "The verifier may not read registrations.", "Consent.")));
        }

        @Override
        public void removeVerifier() {
            directory.fail(() ->
                    Optional.of(Failure.of(Reason.VerifierConsentRequired, "The verifier is not there.", "Consent.")));
        }
    }
}
