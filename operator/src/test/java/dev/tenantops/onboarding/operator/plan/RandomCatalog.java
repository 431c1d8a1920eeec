package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Cloud;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A catalog of a few applications that changes at random, as publishers change theirs. */
public final class RandomCatalog {

    public static final String OTHER = "0a1b2c3d-0000-4000-8000-00000000000a";

    /** Each API and what it defines, of both types alike. */
    public static final Map<String, List<String>> APIS = new TreeMap<>(Map.of(
            "MicrosoftGraph",
            List.of("User.Read.All", "Directory.Read.All", "Mail.Send", "Calls.Read", "Chat.Read"),
            OTHER,
            List.of("Widget.Read", "Widget.Write", "Widget.Admin")));

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final List<String> PLANS = List.of("common", "extra");

    private final String name;
    private final String cloud;
    private final RandomGenerator random;
    private final Map<String, App> apps = new TreeMap<>();
    private final Map<String, Set<String>> plans = new TreeMap<>();
    private String redirectUri = "";
    private String verifier;
    private String from = "{from: All}";

    /** One application. */
    private static final class App {
        private String clientId;
        private boolean optional;
        private boolean attested;
        private String retired = "";
        private boolean superset;
        private final Set<String> required = new TreeSet<>();
        private final Set<String> wanted = new TreeSet<>();
    }

    /** @param name tells its client ids from those of others */
    public RandomCatalog(String name, Cloud cloud, RandomGenerator random) {
        this.name = name;
        this.cloud = cloud.name();
        this.random = random;
        this.verifier = clientId("ff");
        PLANS.forEach(it -> plans.put(it, new TreeSet<>()));
        IntStream.range(0, 4).forEach(this::add);
        plans.values().stream().filter(Set::isEmpty).forEach(it -> it.add("app-0"));
    }

    /** Every permission that there is, in one word. */
    public static List<String> permissions() {
        return APIS.entrySet().stream()
                .flatMap(api -> api.getValue().stream()
                        .flatMap(it -> List.of("Application", "Delegated").stream()
                                .map(type -> api.getKey() + "/" + type + "/" + it)))
                .toList();
    }

    public String name() {
        return name;
    }

    public String verifier() {
        return verifier;
    }

    public List<String> plans() {
        return PLANS;
    }

    /** By name, the application's client id and what it asks for. */
    public Map<String, Map.Entry<String, Set<String>>> applications() {
        return apps.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, it -> {
            var all = new TreeSet<>(it.getValue().required);
            all.addAll(it.getValue().wanted);
            return Map.entry(it.getValue().clientId, all);
        }));
    }

    private String clientId(String ending) {
        return "0a1b2c3d-0000-4000-8000-%08x00%s".formatted(name.hashCode(), ending);
    }

    private void add(int number) {
        var app = new App();
        app.clientId = clientId("%02x".formatted(number));
        pick(permissions(), 1 + random.nextInt(3)).forEach(app.required::add);
        pick(permissions(), random.nextInt(3)).stream()
                .filter(it -> !app.required.contains(it))
                .forEach(app.wanted::add);
        app.optional = random.nextInt(5) == 0;
        app.superset = random.nextInt(3) == 0;
        apps.put("app-" + number, app);
        plans.get(PLANS.get(random.nextInt(PLANS.size()))).add("app-" + number);
    }

    /** Makes so many changes. */
    public void change(int changes) {
        for (var count = 0; count < changes; count++) {
            var name = pick(apps.keySet(), 1).getFirst();
            var app = apps.get(name);
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> {
                    var added = pick(permissions(), 1).getFirst();
                    app.wanted.remove(added);
                    app.required.add(added);
                }
                case 4, 5 -> {
                    if (app.required.size() > 1) {
                        app.required.remove(pick(app.required, 1).getFirst());
                    }
                }
                case 6 ->
                    pick(permissions(), 1).stream()
                            .filter(it -> !app.required.contains(it))
                            .forEach(app.wanted::add);
                case 7 -> app.optional = !app.optional;
                case 8 -> app.superset = !app.superset;
                case 9 -> add(apps.size());
                case 10 -> {
                    if (apps.size() > 2) {
                        apps.remove(name);
                        plans.values().forEach(it -> it.remove(name));
                    }
                }
                case 11 -> plans.get(PLANS.get(random.nextInt(PLANS.size()))).add(name);
                case 12 -> redirectUri = redirectUri.isEmpty() ? "https://product.example.com/back" : "";
                case 13 -> app.attested = !app.attested;
                case 14 -> app.retired = pick(app.required, 1).getFirst();
                default -> {
                    switch (random.nextInt(4)) {
                        case 0 -> verifier = clientId("fe");
                        case 1 -> app.clientId = app.clientId.replace("-8000-", "-9000-");
                        case 2 -> from = "{from: Selector, selector: {matchLabels: {tier: gold}}}";
                        default -> plans.get(PLANS.get(1)).clear();
                    }
                }
            }
        }
    }

    public ApplicationCatalog toCatalog() {
        var text = new StringBuilder("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: %s}
                spec:
                  publisher: Product
                  cloud: %s
                  allowedNamespaces: %s
                  verifier: {clientId: %s, credentialsRef: {name: verifier-%s}}
                """.formatted(name, cloud, from, verifier, name));
        if (!redirectUri.isEmpty()) {
            text.append("  redirectUri: ").append(redirectUri).append('\n');
        }
        text.append("  applications:\n");
        apps.forEach((name, app) -> text.append(application(name, app)));
        text.append("  plans:\n");
        plans.forEach((name, names) -> text.append("  - {name: ")
                .append(name)
                .append(", applications: ")
                .append(names)
                .append("}\n"));
        return YAML.unmarshal(text.toString(), ApplicationCatalog.class);
    }

    private static String application(String name, App app) {
        var text = new StringBuilder("  - name: %s%n    clientId: %s%n    optional: %s%n    permissions:%n"
                .formatted(name, app.clientId, app.optional));
        APIS.keySet().forEach(api -> {
            text.append("    - resource: ").append(api).append('\n');
            text.append("      delegated: ")
                    .append(of(app.required, api, "Delegated"))
                    .append('\n');
            text.append("      application: ")
                    .append(of(app.required, api, "Application"))
                    .append('\n');
            text.append("      optional: {delegated: ")
                    .append(of(app.wanted, api, "Delegated"))
                    .append(", application: ")
                    .append(of(app.wanted, api, "Application"))
                    .append("}\n");
            var all = new TreeSet<>(app.required);
            all.addAll(app.wanted);
            if (app.superset
                    && api.equals("MicrosoftGraph")
                    && all.contains("MicrosoftGraph/Application/User.Read.All")) {
                text.append(
                        "      satisfiedBy: [{type: Application, value: User.Read.All, by: [Directory.Read.All]}]\n");
            }
            if (app.retired.startsWith(api + "/") && all.contains(app.retired)) {
                var parts = app.retired.split("/");
                text.append(
                        "      retirements: [{type: %s, value: %s, date: 2026-01-01}]%n".formatted(parts[1], parts[2]));
            }
        });
        if (app.attested) {
            text.append("    prerequisites: [{name: ready, description: Ask., required: true}]\n");
        }
        return text.toString();
    }

    private static List<String> of(Collection<String> permissions, String api, String type) {
        return permissions.stream()
                .filter(it -> it.startsWith(api + "/" + type + "/"))
                .map(it -> it.substring(it.lastIndexOf('/') + 1))
                .toList();
    }

    private List<String> pick(Collection<String> all, int count) {
        var left = new ArrayList<>(all);
        var picked = new ArrayList<String>();
        while (picked.size() < count && !left.isEmpty()) {
            picked.add(left.remove(random.nextInt(left.size())));
        }
        return picked;
    }
}
