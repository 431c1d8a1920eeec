package dev.tenantops.onboarding.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What the operator is measured against: the same batches of Graph reads from the JDK's HTTP client, without judging,
 * remembering or writing anything. A process of its own, so that its CPU time can be told from the simulator's.
 */
final class PlainLoop {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * What to do.
     *
     * @param clientIds the applications of every tenant
     * @param checks how many batches to send, over all tenants in turn
     * @param concurrency how many at once
     */
    record Task(
            URI microsoft,
            Path caBundle,
            String verifierClientId,
            String secret,
            List<String> clientIds,
            List<String> tenants,
            int checks,
            int concurrency) {}

    /**
     * What came of it.
     *
     * @param firstRoundMillis from the start of the process until every tenant's token and first answers were there
     */
    record Measured(long firstRoundMillis, long millis, long cpuMillis, long residentKilobytes) {}

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
        long firstRound = System.currentTimeMillis() - started;

        ProcessUsage before = ProcessUsage.of(self);
        long begin = System.nanoTime();
        inParallel(task.checks(), index -> read(tenants[index % tenants.length]));
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        ProcessUsage after = ProcessUsage.of(self);
        return new Measured(firstRound, millis, after.cpu().minus(before.cpu()).toMillis(), after.residentKilobytes());
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
