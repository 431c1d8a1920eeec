package dev.tenantops.onboarding.sandbox.chaos.fault;

import dev.tenantops.onboarding.sandbox.chaos.customer.Customers;
import dev.tenantops.onboarding.sandbox.chaos.gateway.ApiRequest;
import dev.tenantops.onboarding.sandbox.chaos.gateway.CloudGate;
import dev.tenantops.onboarding.sandbox.chaos.gateway.Gateway;
import dev.tenantops.onboarding.sandbox.chaos.journal.Impediments;
import dev.tenantops.onboarding.sandbox.chaos.journal.Journal;
import dev.tenantops.onboarding.sandbox.chaos.machine.ApiServerReplica;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replicas;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Predicate;

/**
 * All that faults can touch.
 *
 * @param gateway between the operator and the API server
 * @param cloud between the operator and the simulated cloud
 * @param apiServer what is behind the gateway
 * @param impediments when nothing can be expected of the operator
 * @param clocks when its clock cannot be compared with ours
 */
public record World(
        OperatorSandbox stage,
        Gateway gateway,
        CloudGate cloud,
        ApiServerReplica apiServer,
        Replicas replicas,
        Customers customers,
        Impediments impediments,
        Impediments clocks,
        Journal journal) {

    /** The administrator, past the gateway. */
    public KubernetesClient client() {
        return stage.client();
    }

    SimulatedDirectory directory() {
        return stage.sandbox().microsoft().directory();
    }

    /** Requests of the replica that leads now. */
    Predicate<ApiRequest> ofLeader() {
        String place = replicas.leader().map(Replica::place).orElse("");
        return it -> it.replica().equals(place);
    }
}
