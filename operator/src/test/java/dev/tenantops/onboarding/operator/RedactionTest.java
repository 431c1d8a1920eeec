package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The whole operator with a planted secret through every way in which the simulated cloud can fail: the secret, and the
 * tokens that it got for it, are in no log line, status, Event or metric.
 */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class RedactionTest extends OperatorInSandbox {

    private static final Canary SECRET = new Canary("Kq38Q~canary-Secret_4xZ.value/+%&word");

    /** How every access token begins: a JSON object in Base64. */
    private static final String TOKEN = "eyJ0eXAi";

    private static final List<Effect> ANYWHERE = List.of(
            new Effect.Html(200),
            new Effect.Html(502),
            new Effect.EmptyBody(200),
            new Effect.EmptyObject(),
            new Effect.NoContentType(),
            new Effect.Truncated(),
            new Effect.Padded(9L * 1024 * 1024),
            new Effect.Disconnect(),
            Effect.status(400),
            Effect.status(401),
            Effect.status(403),
            Effect.status(404),
            Effect.throttled(Duration.ofSeconds(1)),
            Effect.status(500),
            Effect.status(503));

    private static final List<Effect> OF_A_BATCH = List.of(new Effect.ClaimsChallenge());

    private static final List<Effect> OF_AN_ITEM = List.of(
            new Effect.MissingItem(),
            new Effect.EmptyPage(),
            new Effect.ForeignNextLink("https://attacker.example"),
            Effect.status(403));

    private static final List<Integer> CODES =
            List.of(7000215, 7000222, 7000216, 700016, 700027, 700024, 90002, 900382, 500011, 53003, 65001, 1234567);

    @Test
    void noFailureBringsASecretOut() throws IOException {
        var directory = sandbox.microsoft().directory();
        var customer = newCustomer();
        var published = new ArrayList<String>();
        try (var log = new CapturedLog(Level.FINE)) {
            var catalog = customer.catalog();
            directory.register((ApplicationCatalog) catalog, SECRET.value(), List.of(callback.toString()));
            customer.given(catalog, customer.secret(SECRET.value()), customer.onboarding());
            customer.consentToAll();
            customer.awaitReady();
            for (Fault fault : faults(customer.tenant)) {
                directory.fail(fault);
                recheck(customer, directory, published);
                directory.heal();
            }
            client.resource(customer.secret(SECRET.value() + "-and-wrong")).update();
            customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "CredentialsInvalid");
            published.add(yaml(customer.read()));
            published.add(yaml(client.resources(ApplicationCatalog.class)
                    .withName(customer.catalog)
                    .get()));
            published.add(client.events().v1().events().inAnyNamespace().list().getItems().stream()
                    .map(this::yaml)
                    .collect(Collectors.joining()));
            try (var in = metrics.toURL().openStream()) {
                published.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            assertThat(log.lines()).isNotEmpty();
            published.add(log.text());
        }
        assertThat(published).allSatisfy(it -> {
            SECRET.assertAbsentFrom("what was published", it);
            assertThat(it).doesNotContain(TOKEN);
        });
    }

    private static List<Fault> faults(String tenant) {
        var faults = new ArrayList<Fault>();
        for (RequestKind kind : List.of(RequestKind.TOKEN, RequestKind.BATCH, RequestKind.BATCH_ITEM)) {
            ANYWHERE.forEach(it -> faults.add(Fault.on(kind, it)));
        }
        CODES.forEach(it -> faults.add(Fault.on(RequestKind.TOKEN, Effect.aadsts(it))));
        OF_A_BATCH.forEach(it -> faults.add(Fault.on(RequestKind.BATCH, it)));
        OF_AN_ITEM.forEach(it -> faults.add(Fault.on(RequestKind.BATCH_ITEM, it)));
        return faults.stream().map(it -> it.inTenant(tenant)).toList();
    }

    /** The refused token makes the operator ask for another, where the fault may be. */
    private void recheck(Customer customer, SimulatedDirectory directory, List<String> published) {
        directory.fail(Fault.on(RequestKind.BATCH, Effect.status(401))
                .inTenant(customer.tenant)
                .times(1));
        var request = "fault-" + published.size();
        customer.annotate(request);
        customer.await("a check with a fault", it -> request.equals(it.lastHandledReconcileAt()));
        published.add(yaml(customer.read()));
    }

    private String yaml(Object resource) {
        return client.getKubernetesSerialization().asYaml(resource);
    }
}
