package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Attestations;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.ApplicationStatus.Times;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.VerifierStatus;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Statuses from a seed, with texts and lists of every size, made of what strangers may have written. */
final class HostileStatus {

    private static final List<String> LETTERS = List.of(
            "a", "Z", "/", "\"", "\\", " ", "é", "漢", "😀", "\uD800", "\uDC00", "\u0000", "\n", "\u001b", "\u007f",
            "…");
    private static final List<Integer> LENGTHS = List.of(
            1, 35, 36, 37, 63, 64, 65, 119, 120, 121, 253, 254, 317, 318, 512, 513, 1023, 1024, 1025, 4097, 40_000);
    private static final List<String> TIMES =
            List.of("2026-03-01T12:00:00Z", "2999-01-01T00:00:00Z", "soon", "", "2026-03-01");

    private final Random random;
    private final int size;

    /** @param size up to how many times its limit a list is long */
    HostileStatus(long seed, int size) {
        this.random = new Random(seed);
        this.size = size;
    }

    /** Says which field differs, which takes long with so many. */
    static void assertSame(TenantOnboardingStatus read, TenantOnboardingStatus written, String where) {
        if (!read.equals(written)) {
            assertThat(read).as(where).usingRecursiveComparison().isEqualTo(written);
        }
    }

    TenantOnboardingStatus next() {
        return new TenantOnboardingStatus(
                new Handled(7, text()),
                new Customer(text(), text()),
                new Progress(text(), text()),
                new TenantOnboardingStatus.Times(time(), time()),
                new Entries(
                        list(StatusLimit.VERIFIERS, this::verifier),
                        list(StatusLimit.APPLICATIONS, this::application),
                        list(StatusLimit.ENDPOINTS, this::endpoint),
                        null),
                list(StatusLimit.CONDITIONS, this::condition));
    }

    private VerifierStatus verifier(int number) {
        return new VerifierStatus(
                key(number), text(), text(), text(), maybe(VerifierStatus.Tier.Application), text(), text());
    }

    private ApplicationStatus application(int number) {
        return new ApplicationStatus(
                new Identity(key(number / 3), key(number), text(), text(), text()),
                one(List.of(ApplicationState.values())),
                maybe(true),
                new Link(text(), text()),
                text(),
                new Permissions(
                        new Listed(permissions(), maybe(random.nextInt(1000))),
                        list(StatusLimit.PERMISSIONS, it -> new SatisfiedPermission(permission(it), text())),
                        new Listed(permissions(), null),
                        new Listed(permissions(), maybe(5)),
                        permissions(),
                        new Listed(permissions(), maybe(3)),
                        permissions()),
                new Attestations(permissions(), list(StatusLimit.PREREQUISITES, this::prerequisite)),
                new Times(time(), time(), time(), time(), time()));
    }

    private PrerequisiteStatus prerequisite(int number) {
        return new PrerequisiteStatus(key(number), one(List.of(PrerequisiteStatus.State.values())), time());
    }

    private EndpointStatus endpoint(int number) {
        return new EndpointStatus(
                key(number),
                new Outcome(
                        random.nextBoolean() ? one(List.of("Reachable", "NotProbed", "DnsFailed")) : text(),
                        text(),
                        time(),
                        list(StatusLimit.STAGES, _ -> text())),
                new Route(text(), text(), text()),
                new Advice(text(), text()));
    }

    private Condition condition(int number) {
        return new Condition(
                "Type" + number + "x".repeat(number * 20),
                one(List.of(Condition.Status.values())),
                7,
                "2026-03-01T12:00:00Z",
                "Reason",
                text());
    }

    private List<Permission> permissions() {
        return list(StatusLimit.PERMISSIONS, this::permission);
    }

    private Permission permission(int number) {
        return new Permission(
                random.nextBoolean() ? "MicrosoftGraph" : key(number),
                one(List.of(PermissionType.values())),
                random.nextBoolean() ? "Scope." + number : key(number));
    }

    private <T> List<T> list(int limit, IntFunction<T> entry) {
        var length = random.nextInt(4) > 0 ? random.nextInt(1 + limit * size / 4) : limit * size;
        return IntStream.range(0, length).mapToObj(entry).toList();
    }

    /** Mostly unlike the others; the longest ones only differ where they are cut. */
    private String key(int number) {
        return random.nextInt(20) > 0 ? "name-" + number : "n".repeat(400) + number;
    }

    private String text() {
        var length = random.nextInt(8) > 0 ? random.nextInt(20) : one(LENGTHS);
        var letter = one(LETTERS);
        return random.nextBoolean()
                ? letter.repeat(length)
                : IntStream.range(0, length)
                        .mapToObj(_ -> one(LETTERS))
                        .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                        .toString();
    }

    private String time() {
        return maybe(one(TIMES));
    }

    private <T> T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
