package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Makes up histories. The same seed makes the same history. */
final class HistoryGenerator {

    private static final List<String> APPLICATIONS = List.copyOf(WorldCatalog.applicationNames());
    private static final List<List<Integer>> LAGS =
            List.of(List.of(0), List.of(0, 10), List.of(0, 25), List.of(5, 20, 0), List.of(25), List.of(0, 0, 15));
    private static final List<List<Integer>> CREDENTIAL_LAGS =
            List.of(List.of(0), List.of(0, 20), List.of(60, 0), List.of(0, 0, 240), List.of(240), List.of(5, 200));
    private static final List<String> PATHS = List.of(
            "*/appRoleAssignments", "*/oauth2PermissionGrants", "/servicePrincipals", "/directory/deletedItems");

    private final SplittableRandom random;

    private record Choice(int weight, Supplier<Step> step) {}

    private final List<Choice> choices;

    HistoryGenerator(long seed) {
        this.random = new SplittableRandom(seed);
        this.choices = choices();
    }

    private List<Choice> choices() {
        return List.of(
                new Choice(34, () -> new Step.Wait(seconds())),
                new Choice(16, () -> new Step.Consent(application(), chance(50))),
                new Choice(2, () -> new Step.UserConsent(application())),
                new Choice(2, () -> new Step.Callback(application())),
                new Choice(5, () -> new Step.Revoke(application(), number())),
                new Choice(2, () -> new Step.RevokeAll(application())),
                new Choice(2, () -> new Step.GrantSurplus(application())),
                new Choice(1, () -> new Step.AssignWithoutRole(application())),
                new Choice(1, () -> new Step.LookAlike(application())),
                new Choice(2, () -> new Step.Disable(application(), number())),
                new Choice(3, () -> new Step.Enable(application())),
                new Choice(3, () -> new Step.Delete(application())),
                new Choice(3, () -> new Step.Restore(application())),
                new Choice(1, () -> new Step.Purge(application())),
                new Choice(1, () -> new Step.RemoveResource(resource())),
                new Choice(2, () -> new Step.ProvisionResource(resource())),
                new Choice(1, () -> new Step.DisableResource(resource())),
                new Choice(2, () -> new Step.EnableResource(resource())),
                new Choice(3, () -> new Step.CatalogGrows(application(), number(), chance(70))),
                new Choice(1, () -> new Step.CatalogShrinks(application(), number())),
                new Choice(1, () -> new Step.RegistrationFollows(application())),
                new Choice(1, () -> new Step.DeleteRegistration(application())),
                new Choice(3, () -> new Step.RestoreRegistration(application())),
                new Choice(3, () -> new Step.License(chance(50) ? "basic" : "full")),
                new Choice(1, Step.RevokeVerifier::new),
                new Choice(1, Step.LowerVerifier::new),
                new Choice(9, Step.ConsentToVerifier::new),
                new Choice(1, Step.RotateSecret::new),
                new Choice(6, Step.StoreSecret::new),
                new Choice(2, Step.ReplaceSecret::new),
                new Choice(
                        2, () -> new Step.CredentialLag(CREDENTIAL_LAGS.get(random.nextInt(CREDENTIAL_LAGS.size())))),
                new Choice(4, () -> new Step.Lag(LAGS.get(random.nextInt(LAGS.size())))),
                new Choice(1, () -> new Step.Pages(1 + random.nextInt(3), chance(50))),
                new Choice(4, this::fail),
                new Choice(20, Step.Heal::new),
                new Choice(3, () -> new Step.Restart(random.nextInt(1200))),
                new Choice(2, () -> new Step.ApiServerDown(random.nextInt(600))),
                new Choice(1, Step.Suspend::new),
                new Choice(8, Step.Resume::new),
                new Choice(1, Step.CatalogAway::new),
                new Choice(6, Step.CatalogBack::new),
                new Choice(1, Step.ClaimedElsewhere::new),
                new Choice(6, Step.ClaimFreed::new),
                new Choice(1, () -> new Step.ForgedReturn(application(), forged())),
                new Choice(1, () -> new Step.NextDay(random.nextInt(900))),
                new Choice(2, () -> new Step.Retire(application(), number(), random.nextInt(4) - 1)),
                new Choice(4, () -> new Step.Unretire(application())),
                new Choice(2, () -> new Step.AskForAttestation(application(), chance(40))),
                new Choice(3, () -> new Step.Attest(application(), number(), seconds())),
                new Choice(2, () -> new Step.AttestPrerequisite(application(), seconds())),
                new Choice(1, Step.WithdrawAttestations::new));
    }

    List<Step> steps(int count) {
        var steps = new ArrayList<Step>();
        while (steps.size() < count) {
            steps.add(choose());
        }
        return List.copyOf(steps);
    }

    private Step choose() {
        var all = choices.stream().mapToInt(Choice::weight).sum();
        var drawn = random.nextInt(all);
        for (var choice : choices) {
            drawn -= choice.weight();
            if (drawn < 0) {
                return choice.step().get();
            }
        }
        throw new IllegalStateException();
    }

    /** Often shorter than the windows, sometimes longer than all of them together. */
    private int seconds() {
        return switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(20);
            case 1 -> 20 + random.nextInt(180);
            case 2 -> 200 + random.nextInt(800);
            default -> 1000 + random.nextInt(3000);
        };
    }

    /** Further from the present than anybody believes. */
    private long forged() {
        return chance(50) ? 61 + random.nextInt(1_000_000_000) : -121 - random.nextInt(1_000_000_000);
    }

    private Step fail() {
        return switch (random.nextInt(5)) {
            case 0 -> new Step.Fail(RequestKind.TOKEN, null, tokenEffect());
            case 1 -> new Step.Fail(RequestKind.BATCH, null, effect());
            default ->
                new Step.Fail(
                        RequestKind.BATCH_ITEM,
                        PATHS.get(random.nextInt(PATHS.size())),
                        chance(20) ? new Effect.MissingItem() : effect());
        };
    }

    private Effect tokenEffect() {
        var codes = List.of(7000229, 700016, 7000112, 7000222, 90002, 53003, 90033, 50196, 999999);
        return chance(60) ? Effect.aadsts(codes.get(random.nextInt(codes.size()))) : effect();
    }

    private Effect effect() {
        return switch (random.nextInt(12)) {
            case 0 -> Effect.throttled(Duration.ofSeconds(chance(50) ? random.nextInt(120) : random.nextInt(3600)));
            case 1 -> Effect.status(503);
            case 2 -> Effect.status(500);
            case 3 -> Effect.status(404);
            case 4 -> Effect.status(403);
            case 5 -> new Effect.Html(chance(50) ? 200 : 502);
            case 6 -> new Effect.EmptyBody(chance(50) ? 200 : 204);
            case 7 -> new Effect.EmptyObject();
            case 8 -> new Effect.NoContentType();
            case 9 -> new Effect.Truncated();
            case 10 -> new Effect.Padded(512 * 1024);
            default -> new Effect.Disconnect();
        };
    }

    private String application() {
        return APPLICATIONS.get(random.nextInt(APPLICATIONS.size()));
    }

    private String resource() {
        return WorldCatalog.resourceNames()
                .get(random.nextInt(WorldCatalog.resourceNames().size()));
    }

    private int number() {
        return random.nextInt(12);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
