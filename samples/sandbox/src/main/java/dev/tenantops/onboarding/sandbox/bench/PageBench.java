package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.PageProgram;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packaged program in mode Page with many pages open at once: how soon each hears of a change, how long a page takes
 * beside a file from the same server, and what an open page costs.
 */
public final class PageBench {

    private static final String NAMESPACE = "bench";
    private static final String MANY = "1000000";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int WARM_UP = 2000;
    private static final int SETTLE_SECONDS = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private static final int WRITERS = 16;

    private final PrintStream out;
    private final int pages;
    private final int all;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private PageBench(PrintStream out, int pages, int all) {
        this.out = out;
        this.pages = pages;
        this.all = all;
    }

    /** @param arguments how many pages are open, and how many onboardings there are */
    public static void main(String... arguments) {
        Terminal.run(() -> {
            int pages = Integer.parseInt(arguments[0]);
            new PageBench(System.out, pages, Math.max(pages, Integer.parseInt(arguments[1]))).run();
            return 0;
        });
    }

    /** One open page. What it heard last, and when. */
    private static final class OpenPage {
        private final AtomicInteger heard = new AtomicInteger();
        private final AtomicLong at = new AtomicLong();

        /** Waits until more was heard than so often. */
        synchronized void await(int before) {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (heard.get() <= before) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("A page did not hear of a change within " + LIMIT);
                }
                try {
                    wait(LIMIT.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted while waiting for an event", e);
                }
            }
        }

        synchronized void line(String line) {
            if (line.startsWith("event:changed")) {
                at.set(System.nanoTime());
                heard.incrementAndGet();
                notifyAll();
            }
        }
    }

    private void run() {
        try (OpenResources resources = OpenResources.closedAtExit()) {
            ApiServer server = resources.add(ApiServer.start());
            server.define(Samples.definitions());
            KubernetesClient client = resources.add(server.newClient());
            List<TenantOnboarding> onboardings = create(client);
            PageProgram program =
                    new PageProgram(server, client, OperatorSandbox.target().resolve("page-bench"));
            byte[] key = key(program);
            int port = OperatorProcess.freePort();
            URI url = OperatorProcess.urlOf(port);
            OperatorProcess page = resources.add(OperatorProcess.start(
                    program.launch(
                            URI.create(client.getMasterUrl().toString()),
                            url,
                            Map.of(
                                    "ONBOARDING_PAGE_REQUESTS_PER_LINK", MANY,
                                    "ONBOARDING_PAGE_REQUESTS_PER_ADDRESS", MANY,
                                    "ONBOARDING_PAGE_MAX_STREAMS", MANY,
                                    "ONBOARDING_PAGE_MAX_STREAMS_PER_ADDRESS", MANY)),
                    port,
                    OperatorSandbox.target().resolve("page-bench.log")));
            Polling.until(LIMIT, () -> Optional.of(page.isReady()), ready -> ready);
            List<URI> links = onboardings.stream()
                    .limit(pages)
                    .map(it -> url.resolve(
                            "/onboarding/" + PageToken.of(it.getMetadata().getUid(), key)))
                    .toList();
            measure(client, onboardings, page, links);
        }
    }

    private void measure(
            KubernetesClient client, List<TenantOnboarding> onboardings, OperatorProcess page, List<URI> links) {
        URI file = page.url().resolve("/assets/page.js");
        for (int number = 0; number < WARM_UP; number++) {
            load(links.get(number % pages));
            load(file);
        }
        settle();
        long closed = ProcessUsage.of(page.pid()).residentKib();
        List<OpenPage> open = links.stream().map(this::open).toList();
        Polling.until(LIMIT, () -> Optional.of(open), all -> all.stream().allMatch(it -> it.heard.get() > 0));
        settle();
        ProcessUsage opened = ProcessUsage.of(page.pid());
        settle();
        double idle = cpu(opened, ProcessUsage.of(page.pid())) / SETTLE_SECONDS;

        List<Double> events = new ArrayList<>();
        List<Double> loads = new ArrayList<>();
        List<Double> files = new ArrayList<>();
        for (int number = 0; number < pages; number++) {
            OpenPage reader = open.get(number);
            int before = reader.heard.get();
            long begun = System.nanoTime();
            status(client, onboardings.get(number), "Granted");
            reader.await(before);
            events.add((reader.at.get() - begun) / NANOS_PER_MILLI);
            // The first load after a change makes the page; whoever follows shares it.
            loads.add(load(links.get(number)));
            files.add(load(file));
        }
        List<Double> everywhere = catalogChange(client, open);
        ProcessUsage after = ProcessUsage.of(page.pid());
        print(
                Quantiles.of(events),
                Quantiles.of(everywhere),
                Quantiles.of(loads),
                Quantiles.of(files),
                idle,
                closed,
                opened,
                after);
    }

    /** How soon each open page hears of what changes all of them. */
    private static List<Double> catalogChange(KubernetesClient client, List<OpenPage> open) {
        List<Integer> before = open.stream().map(it -> it.heard.get()).toList();
        long begun = System.nanoTime();
        client.resources(ApplicationCatalog.class)
                .withName(ManyTenants.CATALOG)
                .patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"spec": {"publisher": "Another name"}}
                        """);
        List<Double> heard = new ArrayList<>();
        for (int number = 0; number < open.size(); number++) {
            open.get(number).await(before.get(number));
            heard.add((open.get(number).at.get() - begun) / NANOS_PER_MILLI);
        }
        return heard;
    }

    private static double cpu(ProcessUsage from, ProcessUsage to) {
        return to.cpu().minus(from.cpu()).toMillis();
    }

    private void print(
            Quantiles events,
            Quantiles everywhere,
            Quantiles loads,
            Quantiles files,
            double idle,
            long closed,
            ProcessUsage opened,
            ProcessUsage after) {
        double each = (opened.residentKib() - closed) / (double) pages;
        out.printf("%d open pages with server-sent events, of %d onboardings%n%n", pages, all);
        out.printf("%-44s %10s %10s %10s%n", "milliseconds", "p50", "p99", "worst");
        row("from the write of a status to the event", events);
        row("from a catalog's change to the event of each", everywhere);
        row("a page, made anew", loads);
        row("a static file of the same server", files);
        out.printf(
                "%nresident: %d MiB without open pages, %d MiB with, %.1f KiB for each; %d MiB at most%n"
                        + "while nothing changes: %.0f ms of CPU a second%n%n",
                closed / 1024, opened.residentKib() / 1024, each, after.peakKib() / 1024, idle);
        out.printf(
                "PAGE-BENCH pages=%d onboardings=%d event_p50_ms=%.1f event_p99_ms=%.1f all_p99_ms=%.1f page_p50_ms=%.2f page_p99_ms=%.2f file_p50_ms=%.2f"
                        + " file_p99_ms=%.2f kib_per_page=%.1f peak_mib=%d idle_cpu_ms_per_s=%.0f%n",
                pages,
                all,
                events.median(),
                events.p99(),
                everywhere.p99(),
                loads.median(),
                loads.p99(),
                files.median(),
                files.p99(),
                each,
                after.peakKib() / 1024,
                idle);
    }

    private void row(String what, Quantiles values) {
        out.printf("%-44s %10.2f %10.2f %10.2f%n", what, values.median(), values.p99(), values.worst());
    }

    private OpenPage open(URI link) {
        OpenPage page = new OpenPage();
        http.sendAsync(HttpRequest.newBuilder(URI.create(link + "/events")).build(), BodyHandlers.ofLines())
                .thenAccept(answer -> Thread.ofVirtual().start(() -> read(answer.body(), page)));
        return page;
    }

    private static void read(Stream<String> lines, OpenPage page) {
        try {
            lines.forEach(page::line);
        } catch (UncheckedIOException e) {
            // The server has ended. Whoever waits for the next event says so.
        }
    }

    /** How long it took, in milliseconds. */
    private double load(URI address) {
        long begun = System.nanoTime();
        try {
            var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        address.getPath().length() + " characters: HTTP " + answer.statusCode());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading", e);
        }
        return (System.nanoTime() - begun) / NANOS_PER_MILLI;
    }

    private List<TenantOnboarding> create(KubernetesClient client) {
        Samples contents = ManyTenants.contents(NAMESPACE, all);
        contents.namespaces().forEach(it -> client.resource(it).create());
        contents.catalogs().forEach(it -> client.resource(it).create());
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            return contents.onboardings().stream()
                    .map(it -> writers.submit(() -> {
                        TenantOnboarding created = client.resource(it).create();
                        status(client, created, "ConsentRequired");
                        return created;
                    }))
                    .toList()
                    .stream()
                    .map(PageBench::result)
                    .toList();
        }
    }

    private static TenantOnboarding result(Future<TenantOnboarding> written) {
        try {
            return written.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("An onboarding could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing", e);
        }
    }

    /** As large as that of an onboarding which waits for its consents. */
    private static void status(KubernetesClient client, TenantOnboarding onboarding, String state) {
        String applications = Stream.of("reports", "presence", "admin-portal", "call-center", "agent-console")
                .map(it -> """
                        {"catalog": "%s", "name": "%s", "displayName": "Heedify %s", "state": "%s",
                         "clientId": "4eed1f00-0000-4000-8000-000000000001", "grantableBy": "Privileged Role Administrator",
                         "consentUrl": "https://login.example.com/%s/v2.0/adminconsent?state=%s.%s"}""".formatted(
                                ManyTenants.CATALOG,
                                it,
                                it,
                                state,
                                onboarding.getSpec().tenantId(),
                                onboarding.getMetadata().getUid(),
                                it))
                .collect(Collectors.joining(","));
        client.resource(onboarding).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"status": {"observedGeneration": 1, "granted": "0/5", "applications": [%s]}}
                        """.formatted(
                        applications));
    }

    private static byte[] key(PageProgram program) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            Files.write(program.keys().resolve("key-1"), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key;
    }

    /** Lets the collector of garbage and the compiler come to rest, or memory would be that of the moment. */
    private static void settle() {
        long end = System.nanoTime() + Duration.ofSeconds(SETTLE_SECONDS).toNanos();
        Polling.until(LIMIT, () -> Optional.of(System.nanoTime()), now -> now >= end);
    }
}
