package dev.tenantops.onboarding.sandbox.chaos;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.chaos.check.Allowances;
import dev.tenantops.onboarding.sandbox.chaos.customer.Customers;
import dev.tenantops.onboarding.sandbox.chaos.fault.ObjectFaults;
import dev.tenantops.onboarding.sandbox.chaos.fault.World;
import dev.tenantops.onboarding.sandbox.chaos.gateway.CloudGate;
import dev.tenantops.onboarding.sandbox.chaos.gateway.Gateway;
import dev.tenantops.onboarding.sandbox.chaos.journal.Impediments;
import dev.tenantops.onboarding.sandbox.chaos.journal.Journal;
import dev.tenantops.onboarding.sandbox.chaos.machine.ApiServerReplica;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replica;
import dev.tenantops.onboarding.sandbox.chaos.machine.Replicas;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorSettings;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Puts the gateways between the operator and the sandbox, and says how the operator is configured. */
final class Staging {

    private Staging() {}

    /** Starts it all but the replicas. */
    static World world(OpenResources resources, Journal journal) {
        var gate = new AtomicReference<CloudGate>();
        OperatorSandbox stage = OperatorSandbox.startWithChart(resources, _ -> Customers.contents(), sandbox -> {
            gate.set(resources.add(new CloudGate(sandbox.microsoft().url(), sandbox.authority())));
            return settings(gate.get().url());
        });
        Sandbox sandbox = stage.sandbox();
        allowNewerStatuses(stage);
        ApiServerReplica apiServer = resources.add(ApiServerReplica.of(sandbox.apiServer()));
        Gateway gateway = resources.add(Gateway.start(
                sandbox.authority(),
                apiServer.url(),
                new String(
                        Base64.getDecoder()
                                .decode(Config.fromKubeconfig(
                                                sandbox.apiServer().kubeconfig())
                                        .getCaCertData()),
                        StandardCharsets.US_ASCII),
                Replica.API_HOST));
        Customers customers =
                new Customers(sandbox.microsoft().directory(), stage.client(), stage.catalog(Customers.CATALOG));
        return new World(
                stage,
                gateway,
                gate.get(),
                apiServer,
                new Replicas(stage, gateway, List.of("a", "b")),
                customers,
                new Impediments(),
                new Impediments(),
                journal);
    }

    private static OperatorSettings settings(URI cloud) {
        return OperatorSettings.QUICK.with(Map.ofEntries(
                Map.entry("clouds.custom.login-url", cloud.toString()),
                Map.entry("clouds.custom.graph-url", cloud.toString()),
                Map.entry("verification.interval", text(Allowances.INTERVAL)),
                Map.entry("verification.freshness", text(Allowances.FRESHNESS)),
                Map.entry("verification.revocation-confirmation", text(Allowances.CONFIRMATION)),
                Map.entry("verification.propagation", text(Allowances.PROPAGATION)),
                Map.entry("verification.stall-after", text(Allowances.STALL_AFTER)),
                Map.entry("leader-election.lease-duration", text(Allowances.LEASE)),
                Map.entry("leader-election.renew-deadline", "4s"),
                Map.entry("leader-election.retry-period", "1s")));
    }

    private static String text(Duration duration) {
        return duration.toSeconds() + "s";
    }

    /** The definition in the cluster is that of a version to come. */
    private static void allowNewerStatuses(OperatorSandbox stage) {
        String name = "tenantonboardings." + ApiGroup.NAME;
        stage.client().resources(CustomResourceDefinition.class).withName(name).edit(definition -> {
            definition
                    .getSpec()
                    .getVersions()
                    .getFirst()
                    .getSchema()
                    .getOpenAPIV3Schema()
                    .getProperties()
                    .get("status")
                    .getProperties()
                    .get("applications")
                    .getItems()
                    .getSchema()
                    .getProperties()
                    .get("state")
                    .getEnum()
                    .add(TextNode.valueOf(ObjectFaults.NEWER_STATE));
            return definition;
        });
    }
}
