package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.AllowedNamespaces;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Verifier;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.LabelSelectors;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who holds a claim. */
class TenantClaimsTest {

    private static final String CONTOSO = "3C1F0D5E-8a52-4b7e-9f3e-2f6f6f1d9a10";
    private static final String FABRIKAM = "4c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10";
    private static final String VERIFIER = "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d0000";
    private static final String OTHER_VERIFIER = "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d0001";
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, ApplicationCatalogSpec> catalogs = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final Map<ObjectKey, TenantOnboarding> onboardings = new HashMap<>();
    private final List<ObjectKey> moved = new ArrayList<>();
    private final TenantClaims claims = new TenantClaims(
            Samples::clouds,
            name -> Optional.ofNullable(catalogs.get(name)),
            name -> Optional.ofNullable(namespaces.get(name)),
            moved::add);

    @BeforeEach
    void open() {
        claims.open();
    }

    @Test
    void nothingIsJudgedAndNobodyToldBeforeTheOtherCachesAreFilled() {
        var early = new TenantClaims(
                Samples::clouds,
                name -> {
                    throw new IllegalStateException("not started");
                },
                name -> {
                    throw new IllegalStateException("not started");
                },
                moved::add);
        var onboarding = onboarding("a", "contoso", 1, CONTOSO, "heedify");
        early.put(onboarding);
        early.catalogChanged("heedify");
        early.namespaceChanged("a");
        assertThat(early.elsewhere(onboarding)).isEmpty();
        assertThat(moved).isEmpty();
    }

    @Test
    void whatCameBeforeIsKnownOnceTheyAreAndNobodyIsChecked() {
        var filled = new TenantClaims(
                Samples::clouds,
                name -> Optional.ofNullable(catalogs.get(name)),
                name -> Optional.ofNullable(namespaces.get(name)),
                moved::add);
        var younger = onboarding("a", "younger", 2, CONTOSO, "heedify");
        filled.put(younger);
        filled.put(onboarding("a", "older", 1, CONTOSO, "heedify"));
        catalogs.put("heedify", spec(Cloud.Global, VERIFIER, everywhere()));
        namespaces.put("a", Map.of());
        filled.open();
        assertThat(filled.elsewhere(younger)).contains(Set.of("heedify"));
        assertThat(moved).isEmpty();
    }

    @Test
    void theOldestHoldsAClaimHoweverLateItIsSeen() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        namespace("a", Map.of());
        var younger = put("a", "younger", 2, CONTOSO, "heedify");
        assertThat(claims.elsewhere(younger)).contains(Set.of());
        var older = put("a", "older", 1, CONTOSO, "heedify");
        assertThat(claims.elsewhere(older)).contains(Set.of());
        assertThat(claims.elsewhere(younger)).contains(Set.of("heedify"));
        assertThat(moved).endsWith(ObjectKey.of(younger), ObjectKey.of(older));
    }

    @Test
    void ofTwoThatAreAsOldTheUidDecides() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        namespace("a", Map.of());
        namespace("b", Map.of());
        var one = put("a", "b", 1, CONTOSO, "heedify");
        var other = put("b", "a", 1, CONTOSO, "heedify");
        var first = one.getMetadata().getUid().compareTo(other.getMetadata().getUid()) < 0 ? one : other;
        assertThat(claims.elsewhere(first)).contains(Set.of());
        assertThat(claims.elsewhere(first == one ? other : one)).contains(Set.of("heedify"));
    }

    @Test
    void theNextOneIsToldWhenTheHolderGoes() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        namespace("a", Map.of());
        var holder = put("a", "first", 1, CONTOSO, "heedify");
        var next = put("a", "second", 2, CONTOSO, "heedify");
        var last = put("a", "third", 3, CONTOSO, "heedify");
        moved.clear();
        remove(holder);
        assertThat(moved).contains(ObjectKey.of(next)).doesNotContain(ObjectKey.of(last));
        assertThat(claims.elsewhere(next)).contains(Set.of());
        assertThat(claims.elsewhere(last)).contains(Set.of("heedify"));
    }

    @Test
    void oneThatIsBeingDeletedGivesWay() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        namespace("a", Map.of());
        var holder = put("a", "first", 1, CONTOSO, "heedify");
        var next = put("a", "second", 2, CONTOSO, "heedify");
        holder.getMetadata().setDeletionTimestamp("2026-03-02T12:00:00Z");
        claims.put(holder);
        assertThat(claims.elsewhere(next)).contains(Set.of());
        assertThat(claims.elsewhere(holder)).contains(Set.of("heedify"));
    }

    @Test
    void aNamespaceThatMayNoLongerUseTheCatalogFreesWhatItsOnboardingsClaimed() {
        catalog("heedify", Cloud.Global, VERIFIER, labelled("customer"));
        namespace("a", Map.of("customer", "true"));
        namespace("b", Map.of("customer", "true"));
        var holder = put("a", "contoso", 1, CONTOSO, "heedify");
        var next = put("b", "contoso", 2, CONTOSO, "heedify");
        moved.clear();
        namespace("a", Map.of());
        assertThat(moved).contains(ObjectKey.of(next));
        assertThat(claims.elsewhere(next)).contains(Set.of());
        namespace("a", Map.of("customer", "true"));
        assertThat(claims.elsewhere(holder)).contains(Set.of());
        assertThat(claims.elsewhere(next)).contains(Set.of("heedify"));
    }

    @Test
    void aCatalogThatAllowsOtherNamespacesMovesWhatWasClaimedByWayOfAnother() {
        catalog("heedify", Cloud.Global, VERIFIER, labelled("customer"));
        catalog("suite", Cloud.Global, VERIFIER, labelled("customer"));
        namespace("a", Map.of("customer", "true"));
        namespace("b", Map.of("customer", "true"));
        put("a", "contoso", 1, CONTOSO, "heedify");
        var next = put("b", "contoso", 2, CONTOSO, "suite");
        assertThat(claims.elsewhere(next)).contains(Set.of("suite"));
        moved.clear();
        catalog("heedify", Cloud.Global, VERIFIER, labelled("partner"));
        assertThat(moved).contains(ObjectKey.of(next));
        assertThat(claims.elsewhere(next)).contains(Set.of());
    }

    @Test
    void anotherVerifierAnotherTenantAndAnotherCloudAreClaimsOfTheirOwn() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        catalog("suite", Cloud.Global, OTHER_VERIFIER, everywhere());
        catalog("china", Cloud.China, VERIFIER, everywhere());
        namespace("a", Map.of());
        put("a", "first", 1, CONTOSO, "heedify");
        assertThat(claims.elsewhere(put("a", "second", 2, CONTOSO, "suite"))).contains(Set.of());
        assertThat(claims.elsewhere(put("a", "third", 3, CONTOSO, "china"))).contains(Set.of());
        assertThat(claims.elsewhere(put("a", "fourth", 4, FABRIKAM, "heedify"))).contains(Set.of());
        assertThat(claims.elsewhere(put("a", "fifth", 5, CONTOSO, "heedify", "suite", "china")))
                .contains(Set.of("heedify", "suite", "china"));
    }

    @Test
    void theSameIdsInOtherLettersAreTheSameClaim() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        catalog("suite", Cloud.Global, VERIFIER.toUpperCase(Locale.ROOT), everywhere());
        namespace("a", Map.of());
        put("a", "first", 1, CONTOSO, "heedify");
        assertThat(claims.elsewhere(put("a", "second", 2, CONTOSO.toLowerCase(Locale.ROOT), "suite")))
                .contains(Set.of("suite"));
    }

    @Test
    void anOnboardingThatTheIndexDoesNotKnowYetMayHoldNothing() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        namespace("a", Map.of());
        var onboarding = onboarding("a", "first", 1, CONTOSO, "heedify");
        assertThat(claims.elsewhere(onboarding)).isEmpty();
        claims.put(onboarding);
        assertThat(claims.elsewhere(onboarding)).contains(Set.of());
        var recreated = onboarding("a", "first", 2, CONTOSO, "heedify");
        recreated.getMetadata().setUid("another");
        assertThat(claims.elsewhere(recreated)).isEmpty();
    }

    @Test
    void whileTheLabelsOfAnOlderOnesNamespaceAreNotKnownNobodyHoldsTheClaim() {
        catalog("heedify", Cloud.Global, VERIFIER, labelled("customer"));
        namespace("b", Map.of("customer", "true"));
        var older = put("a", "contoso", 1, CONTOSO, "heedify");
        var younger = put("b", "contoso", 2, CONTOSO, "heedify");
        assertThat(claims.elsewhere(older)).isEmpty();
        assertThat(claims.elsewhere(younger)).isEmpty();
        namespace("a", Map.of());
        assertThat(claims.elsewhere(younger)).contains(Set.of());
    }

    @Test
    void aChangeThatTheIndexHasNotFollowedYetIsNotJudged() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        catalog("suite", Cloud.Global, OTHER_VERIFIER, everywhere());
        namespace("a", Map.of());
        var onboarding = put("a", "contoso", 1, CONTOSO, "heedify");
        catalogs.put("heedify", spec(Cloud.Global, OTHER_VERIFIER, everywhere()));
        assertThat(claims.elsewhere(onboarding)).isEmpty();
        claims.catalogChanged("heedify");
        assertThat(claims.elsewhere(onboarding)).contains(Set.of());
        assertThat(claims.elsewhere(onboarding("a", "contoso", 1, CONTOSO, "heedify", "suite")))
                .as("its licences were read again, its claims not yet")
                .contains(Set.of());
        catalog("suite", Cloud.Global, VERIFIER, everywhere());
        assertThat(claims.elsewhere(onboarding("a", "contoso", 1, CONTOSO, "heedify", "suite")))
                .isEmpty();
    }

    @Test
    void aCloudThatCannotBeLookedUpEndsNoWatch() {
        var failing = new TenantClaims(
                _ -> {
                    throw new IllegalStateException("broken");
                },
                name -> Optional.ofNullable(catalogs.get(name)),
                name -> Optional.ofNullable(namespaces.get(name)),
                moved::add);
        failing.open();
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        failing.put(onboarding("a", "contoso", 1, CONTOSO, "heedify"));
        failing.namespaceChanged("a");
        failing.catalogChanged("heedify");
        assertThat(moved).isEmpty();
    }

    @Test
    void aStatusThatWasWrittenMovesNothing() {
        catalog("heedify", Cloud.Global, VERIFIER, everywhere());
        namespace("a", Map.of());
        put("a", "contoso", 1, CONTOSO, "heedify");
        moved.clear();
        put("a", "contoso", 1, CONTOSO, "heedify");
        assertThat(moved).isEmpty();
    }

    /** The rule, read from the objects as they are, against the index after every step of a random history. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theIndexAgreesWithTheRuleWhateverHappens(long seed) {
        var random = new SplittableRandom(seed);
        for (var step = 0; step < 3000; step++) {
            var before = holders();
            moved.clear();
            step(random);
            var after = holders();
            for (TenantOnboarding onboarding : onboardings.values()) {
                assertThat(claims.elsewhere(onboarding))
                        .as("seed %d, step %d: %s", seed, step, ObjectKey.of(onboarding))
                        .isEqualTo(elsewhere(onboarding));
            }
            var as = "seed %d, step %d: who got a claim is told of it".formatted(seed, step);
            after.forEach((claim, holder) -> {
                if (!holder.equals(before.get(claim))) {
                    assertThat(moved)
                            .as(as)
                            .containsAll(onboardings.keySet().stream()
                                    .filter(it -> onboardings
                                            .get(it)
                                            .getMetadata()
                                            .getUid()
                                            .equals(holder))
                                    .toList());
                }
            });
        }
    }

    private void step(SplittableRandom random) {
        var namespace = "n" + random.nextInt(4);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                var licensed = IntStream.range(0, 4)
                        .filter(_ -> random.nextInt(2) == 0)
                        .mapToObj(it -> "c" + it)
                        .toArray(String[]::new);
                put(
                        namespace,
                        "o" + random.nextInt(3),
                        random.nextInt(4),
                        random.nextBoolean() ? CONTOSO : FABRIKAM,
                        licensed);
            }
            case 4, 5 ->
                onboardings.values().stream()
                        .skip(onboardings.isEmpty() ? 0 : random.nextInt(onboardings.size()))
                        .findFirst()
                        .ifPresent(this::remove);
            case 6 ->
                onboardings.values().stream().findFirst().ifPresent(it -> {
                    it.getMetadata().setDeletionTimestamp("2026-04-01T12:00:00Z");
                    claims.put(it);
                });
            case 7 -> namespace(namespace, random.nextBoolean() ? Map.of() : Map.of("customer", "true"));
            case 8 -> {
                var name = "c" + random.nextInt(4);
                if (random.nextInt(4) == 0) {
                    catalogs.remove(name);
                    claims.catalogChanged(name);
                } else {
                    catalog(
                            name,
                            random.nextInt(4) == 0 ? Cloud.China : Cloud.Global,
                            random.nextInt(3) == 0 ? OTHER_VERIFIER : VERIFIER,
                            random.nextBoolean() ? everywhere() : labelled("customer"));
                }
            }
            default -> {
                namespaces.remove(namespace);
                claims.namespaceChanged(namespace);
            }
        }
    }

    private record Claim(Cloud cloud, String tenant, String verifier) {}

    /** Of each claim the uid of the one that holds it. */
    private Map<Claim, String> holders() {
        var holders = new HashMap<Claim, String>();
        onboardings.values().stream()
                .flatMap(it -> licensed(it).map(catalog -> claim(it, catalog)))
                .distinct()
                .forEach(claim -> wanting(claim)
                        .findFirst()
                        .ifPresent(it -> holders.put(claim, it.getMetadata().getUid())));
        return holders;
    }

    /** By the rule alone: everything is looked at. */
    private Optional<Set<String>> elsewhere(TenantOnboarding onboarding) {
        var elsewhere = new HashSet<String>();
        for (License license : onboarding.getSpec().licenses()) {
            if (catalogs.containsKey(license.catalog())) {
                var claim = claim(onboarding, license.catalog());
                var first = wanting(claim).findFirst();
                if (first.filter(it -> !certain(it, claim)).isPresent()) {
                    return Optional.empty();
                }
                if (first.filter(it -> it != onboarding).isPresent()) {
                    elsewhere.add(license.catalog());
                }
            }
        }
        return Optional.of(elsewhere);
    }

    private Stream<TenantOnboarding> wanting(Claim claim) {
        return onboardings.values().stream()
                .filter(it -> licensed(it)
                        .anyMatch(catalog -> claim(it, catalog).equals(claim)
                                && allowed(it, catalog).orElse(true)))
                .sorted(Comparator.<TenantOnboarding, Boolean>comparing(
                                it -> it.getMetadata().getDeletionTimestamp() != null)
                        .thenComparing(it -> Instant.parse(it.getMetadata().getCreationTimestamp()))
                        .thenComparing(it -> it.getMetadata().getUid()));
    }

    private boolean certain(TenantOnboarding onboarding, Claim claim) {
        return licensed(onboarding)
                .anyMatch(it -> claim(onboarding, it).equals(claim)
                        && allowed(onboarding, it).orElse(false));
    }

    private Stream<String> licensed(TenantOnboarding onboarding) {
        return onboarding.getSpec().licenses().stream().map(License::catalog).filter(catalogs::containsKey);
    }

    private Claim claim(TenantOnboarding onboarding, String catalog) {
        var spec = catalogs.get(catalog);
        return new Claim(
                spec.cloud(), onboarding.getSpec().tenantId(), spec.verifier().clientId());
    }

    private Optional<Boolean> allowed(TenantOnboarding onboarding, String catalog) {
        var allowed = catalogs.get(catalog).allowedNamespaces();
        return allowed.from() == AllowedNamespaces.From.All
                ? Optional.of(true)
                : Optional.ofNullable(namespaces.get(onboarding.getMetadata().getNamespace()))
                        .map(it -> LabelSelectors.matches(allowed.selector(), it));
    }

    private void catalog(String name, Cloud cloud, String verifier, AllowedNamespaces allowed) {
        catalogs.put(name, spec(cloud, verifier, allowed));
        claims.catalogChanged(name);
    }

    private static ApplicationCatalogSpec spec(Cloud cloud, String verifier, AllowedNamespaces allowed) {
        return new ApplicationCatalogSpec(
                "Heedify",
                cloud,
                null,
                allowed,
                new Verifier(verifier, null),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    private static AllowedNamespaces everywhere() {
        return new AllowedNamespaces(AllowedNamespaces.From.All, null);
    }

    private static AllowedNamespaces labelled(String label) {
        LabelSelector selector =
                new LabelSelectorBuilder().addToMatchLabels(label, "true").build();
        return new AllowedNamespaces(AllowedNamespaces.From.Selector, selector);
    }

    private void namespace(String name, Map<String, String> labels) {
        namespaces.put(name, labels);
        claims.namespaceChanged(name);
    }

    private TenantOnboarding put(String namespace, String name, int created, String tenant, String... licensed) {
        var onboarding = onboarding(namespace, name, created, tenant, licensed);
        onboardings.put(ObjectKey.of(onboarding), onboarding);
        claims.put(onboarding);
        return onboarding;
    }

    private void remove(TenantOnboarding onboarding) {
        onboardings.remove(ObjectKey.of(onboarding));
        claims.remove(ObjectKey.of(onboarding));
    }

    private static TenantOnboarding onboarding(
            String namespace, String name, int created, String tenant, String... licensed) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(Integer.toHexString((namespace + name).hashCode()) + "-" + created)
                .withCreationTimestamp(START.plusSeconds(created).toString())
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(
                tenant,
                Stream.of(licensed)
                        .map(it -> new License(it, List.of("common"), List.of()))
                        .toList(),
                null,
                null,
                false));
        return onboarding;
    }
}
