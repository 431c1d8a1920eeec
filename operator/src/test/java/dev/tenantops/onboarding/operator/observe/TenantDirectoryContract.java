package dev.tenantops.onboarding.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every {@link TenantDirectory} does, whatever is behind it: what {@link ApplicationsContract} and
 * {@link TenantReadingContract} have in common.
 */
public interface TenantDirectoryContract {

    String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    String OTHER_TENANT = "3c1f6d0e-0000-4000-8000-000000000002";
    String UNKNOWN_TENANT = "3c1f6d0e-0000-4000-8000-00000000dead";
    String AGENT = "aaaaaaaa-0000-4000-8000-000000000001";
    String RECORDER = "aaaaaaaa-0000-4000-8000-000000000002";
    String GRAPH = "00000003-0000-0000-c000-000000000000";
    String EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";

    TenantWorld world();

    static <T> T complete(Reading<T> reading) {
        assertThat(reading).isInstanceOf(Reading.Complete.class);
        return reading.ifComplete().orElseThrow();
    }

    /** The one failure of an observation in which nothing was read. */
    static Failure failure(TenantObservation seen) {
        assertThat(seen.applications().ifFailed())
                .isPresent()
                .isEqualTo(seen.resources().ifFailed());
        return seen.applications().ifFailed().orElseThrow();
    }

    static ServicePrincipal principal(ApplicationObservation application) {
        return application.servicePrincipal().orElseThrow();
    }

    default ApplicationObservation hinted(String clientId, String servicePrincipalId) {
        return complete(readHinted(clientId, servicePrincipalId).applications()).get(clientId);
    }

    default TenantObservation readHinted(String clientId, String servicePrincipalId) {
        return observe(TENANT, List.of(new ApplicationQuery(clientId, Optional.of(servicePrincipalId))));
    }

    default Map<String, ApplicationObservation> applications(String... clientIds) {
        return complete(read(TENANT, clientIds).applications());
    }

    default TenantObservation read(String tenantId, String... clientIds) {
        return observe(
                tenantId,
                Arrays.stream(clientIds)
                        .map(it -> new ApplicationQuery(it, Optional.empty()))
                        .toList());
    }

    default TenantObservation observe(String tenantId, List<ApplicationQuery> applications) {
        return observe(tenantId, applications, Set.of(GRAPH, EXCHANGE));
    }

    default TenantObservation observe(String tenantId, List<ApplicationQuery> applications, Set<String> resources) {
        return world().directory()
                .read(new TenantQuery(world().cloud(), tenantId, world().verifier(), applications, resources, false));
    }
}
