package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.util.Collections;
import java.util.List;

/**
 * What a single reading takes back is read again before anything is said of it: a replica of the directory that is behind,
 * or one odd answer, must not call anything missing that is there. Only two readings that agree take something back.
 */
public final class SecondLook {

    private SecondLook() {}

    /**
     * Whether a verdict takes back what stood until now.
     *
     * @param memory what it was judged by
     */
    public static boolean isDue(Memory memory, ApplicationVerdict verdict) {
        return switch (verdict) {
            case Proven proven -> memory.standing() && (!lost(memory, proven).isEmpty() || loses(memory, proven));
            case Unread _, NotVerifiable _ -> false;
        };
    }

    /** The same of what the licences no longer bring, which was there when it was last read. */
    public static boolean isDue(FormerVerdict verdict) {
        return verdict instanceof FormerVerdict.Gone;
    }

    /**
     * What two readings prove together.
     *
     * @param first a verdict that takes something back
     * @param second the verdict on what was read right after
     * @param memory what both were judged by
     */
    public static ApplicationVerdict settled(ApplicationVerdict first, ApplicationVerdict second, Memory memory) {
        return switch (second) {
            case Proven proven when !isDue(memory, proven) -> proven.disputed();
            case Proven proven ->
                agree(memory, (Proven) first, proven)
                        ? proven
                        : undecided(
                                proven,
                                "Two readings in a row contradict each other.",
                                new Remedy.Instruction("The operator looks again by itself."));
            case Unread unread ->
                undecided(
                        unread,
                        "A reading contradicted what was known, and the one that had to confirm it failed: "
                                + unread.failure().message(),
                        unread.failure().remedy());
            case NotVerifiable other -> other;
        };
    }

    private static boolean agree(Memory memory, Proven first, Proven second) {
        return loses(memory, first)
                || loses(memory, second)
                || !Collections.disjoint(lost(memory, first), lost(memory, second));
    }

    /** What was granted and was not found, other than before. */
    private static List<Permission> lost(Memory memory, Proven proven) {
        return proven.memory().vanishing().stream()
                .filter(it -> !memory.missing().contains(it))
                .toList();
    }

    private static boolean loses(Memory memory, Proven proven) {
        return memory.nothingOpen() && StateKind.of(proven.state()) == StateKind.Ineffective;
    }

    private static Unread undecided(ApplicationVerdict verdict, String message, Remedy remedy) {
        return new Unread(verdict.application(), Failure.of(Failure.Reason.ReplicaBehind, message, remedy));
    }
}
