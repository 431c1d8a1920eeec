package dev.tenantops.onboarding.sandbox.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the operator is measured against: the same batches of Graph reads from the JDK's HTTP client, without judging,
 * remembering or writing anything. A process of its own, so that its CPU time can be told from the simulator's, with the
 * Java runtime and the options that the operator has.
 */
final class PlainLoop {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** As many as the operator checks at once. */
    private static final int CONCURRENCY = 64;

    /**
     * What to do.
     *
     * @param clientIds the applications of every tenant
     * @param concurrency how many batches at once
     * @param warmUpMillis how long to send batches before it counts
     * @param millis how long it counts; 0 for the first round alone
     */
    record Task(
            URI microsoft,
            Path caBundle,
            String verifierClientId,
            String secret,
            List<String> clientIds,
            List<String> tenants,
            int concurrency,
            long warmUpMillis,
            long millis) {}

    /**
     * What came of it.
     *
     * @param firstRoundSeconds from the start of the process until every tenant's token and first answers were there
     * @param cpuMillis for each check
     * @param simulatorMillis what the simulated cloud spent on each
     */
    record Measured(
            double firstRoundSeconds,
            long checks,
            double checksPerSecond,
            double cpuMillis,
            double simulatorMillis,
            double items,
            double residentMib) {}

    private final Task task;
    private final HttpClient http;

    private PlainLoop(Task task) throws GeneralSecurityException, IOException {
        this.task = task;
        this.http = HttpClient.newBuilder()
                .sslContext(trusting(task.caBundle()))
                .connectTimeout(LIMIT)
                .build();
    }

    private record Tenant(String token, String batch) {}

    /** Runs in a process of its own. */
    static Measured run(Cluster cluster, int tenants, Duration warmUp, Duration length) {
        ApplicationCatalogSpec catalog =
                cluster.stage().catalog(ManyTenants.CATALOG).getSpec();
        Sandbox sandbox = cluster.stage().sandbox();
        Path file = sandbox.directory().resolve("plain-loop.json");
        List<String> command = new ArrayList<>(cluster.javaWithOptions());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), PlainLoop.class.getName(), file.toString()));
        try {
            JSON.writeValue(
                    file.toFile(),
                    new Task(
                            sandbox.microsoft().url(),
                            sandbox.caBundle(),
                            catalog.verifier().clientId(),
                            OperatorSandbox.VERIFIER_SECRET,
                            ManyTenants.clientIds(catalog),
                            cluster.stage().contents().onboardings().stream()
                                    .limit(tenants)
                                    .map(it -> it.getSpec().tenantId())
                                    .toList(),
                            CONCURRENCY,
                            warmUp.toMillis(),
                            length.toMillis()));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the plain HTTP loop failed");
            }
            return JSON.readValue(output, Measured.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the plain HTTP loop ran", e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Task task = JSON.readValue(Path.of(arguments[0]).toFile(), Task.class);
        System.out.println(JSON.writeValueAsString(new PlainLoop(task).run()));
    }

    private Measured run() throws Exception {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().orElseThrow().toEpochMilli();
        Tenant[] tenants = new Tenant[task.tenants().size()];
        inParallel(tenants.length, index -> {
            tenants[index] = firstVisit(task.tenants().get(index));
            read(tenants[index]);
        });
        double firstRound = (System.currentTimeMillis() - started) / 1000.0;

        readForSomeTime(tenants, task.warmUpMillis());
        long parent = self.parent().orElseThrow().pid();
        ProcessUsage before = ProcessUsage.of(self.pid());
        ProcessUsage parentBefore = ProcessUsage.of(parent);
        long begin = System.nanoTime();
        long checks = readForSomeTime(tenants, task.millis());
        double seconds = (System.nanoTime() - begin) / 1e9;
        ProcessUsage after = ProcessUsage.of(self.pid());
        Duration simulator = ProcessUsage.of(parent).cpu().minus(parentBefore.cpu());
        double cpu = after.cpu().minus(before.cpu()).toMillis();
        return new Measured(
                firstRound,
                checks,
                checks / seconds,
                checks == 0 ? 0 : cpu / checks,
                checks == 0 ? 0 : (double) simulator.toMillis() / checks,
                2.0 * task.clientIds().size() + 1,
                after.residentKib() / 1024.0);
    }

    /** All tenants in turn, from as many threads as may be at work at once. */
    private long readForSomeTime(Tenant[] tenants, long millis) throws Exception {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        AtomicLong next = new AtomicLong();
        inParallel(task.concurrency(), _ -> {
            while (System.nanoTime() < end) {
                read(tenants[(int) (next.getAndIncrement() % tenants.length)]);
            }
        });
        return next.get();
    }

    private interface Work {
        void at(int index) throws IOException, InterruptedException;
    }

    private void inParallel(int count, Work work) throws Exception {
        Semaphore slots = new Semaphore(task.concurrency());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, count)
                    .mapToObj(index -> executor.submit(() -> {
                        slots.acquire();
                        try {
                            work.at(index);
                        } finally {
                            slots.release();
                        }
                        return null;
                    }))
                    .toList();
            for (var one : running) {
                one.get();
            }
        }
    }

    private Tenant firstVisit(String tenant) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id=" + task.verifierClientId() + "&client_secret="
                + URLEncoder.encode(task.secret(), StandardCharsets.UTF_8) + "&scope="
                + URLEncoder.encode(task.microsoft() + "/.default", StandardCharsets.UTF_8);
        JsonNode token = send(HttpRequest.newBuilder(task.microsoft().resolve("/" + tenant + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        String accessToken = token.path("access_token").asText();
        JsonNode found = send(HttpRequest.newBuilder(task.microsoft().resolve("/v1.0" + lookup()))
                .header("Authorization", "Bearer " + accessToken));
        List<String> ids = found.path("value").findValuesAsText("id");
        if (ids.size() != task.clientIds().size()) {
            throw new IllegalStateException("tenant " + tenant + " has " + ids.size() + " of "
                    + task.clientIds().size() + " service principals");
        }
        return new Tenant(accessToken, batch(ids));
    }

    private void read(Tenant tenant) throws IOException, InterruptedException {
        JsonNode answer = send(HttpRequest.newBuilder(task.microsoft().resolve("/v1.0/$batch"))
                .header("Authorization", "Bearer " + tenant.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(tenant.batch())));
        for (JsonNode item : answer.path("responses")) {
            if (item.path("status").asInt() != 200) {
                throw new IllegalStateException("a batch item was answered with " + item);
            }
        }
    }

    private String lookup() {
        return "/servicePrincipals?$filter="
                + URLEncoder.encode(
                                task.clientIds().stream().collect(Collectors.joining("','", "appId in ('", "')")),
                                StandardCharsets.UTF_8)
                        .replace("+", "%20")
                + "&$select=id,appId,displayName,accountEnabled,isDisabled,disabledByMicrosoftStatus";
    }

    private String batch(List<String> servicePrincipals) {
        ObjectNode batch = JSON.createObjectNode();
        ArrayNode requests = batch.putArray("requests");
        add(requests, lookup());
        for (String id : servicePrincipals) {
            add(
                    requests,
                    "/servicePrincipals/" + id
                            + "/appRoleAssignments?$top=999&$select=principalId,principalType,resourceId,appRoleId");
            add(
                    requests,
                    "/oauth2PermissionGrants?$top=999&$select=clientId,consentType,resourceId,scope"
                            + "&$filter=clientId%20eq%20'" + id + "'");
        }
        return batch.toString();
    }

    private static void add(ArrayNode requests, String url) {
        requests.addObject()
                .put("id", Integer.toString(requests.size()))
                .put("method", "GET")
                .put("url", url);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.uri() + " was answered with " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }

    private static SSLContext trusting(Path caBundle) throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        try (InputStream pem = Files.newInputStream(caBundle)) {
            anchors.setCertificateEntry(
                    "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
