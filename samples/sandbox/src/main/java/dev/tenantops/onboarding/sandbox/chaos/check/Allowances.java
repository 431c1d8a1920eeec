package dev.tenantops.onboarding.sandbox.chaos.check;

import dev.tenantops.onboarding.sandbox.chaos.fault.CloudFaults;
import java.time.Duration;

/** What the operator of a run is told to do, and how long it may take. */
public final class Allowances {

    /** The time between two checks of an onboarding. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** How long evidence counts. */
    public static final Duration FRESHNESS = Duration.ofSeconds(20);

    /** How long a grant has to stay away before it is called revoked. */
    public static final Duration CONFIRMATION = Duration.ofSeconds(5);

    public static final Duration PROPAGATION = Duration.ofSeconds(10);
    public static final Duration STALL_AFTER = Duration.ofSeconds(8);
    public static final Duration LEASE = Duration.ofSeconds(6);

    /** How long after {@code validUntil} a status may still be Ready. */
    static final Duration EXPIRY = Duration.ofSeconds(5);

    /**
     * How long a status may be Ready although it should not, or call missing what is there: the evidence may have been read just before the change from
     * a replica of the directory that lags, and the loss has to be confirmed; the rest is for a machine that is shared.
     */
    static final Duration TRUTH =
            FRESHNESS.plus(CONFIRMATION).plus(INTERVAL).plus(CloudFaults.LAG).plusSeconds(10);

    /** How long after the last fault every status has to be right: the longest pause of a retry, and some checks. */
    public static final Duration RIGHT = Duration.ofSeconds(90);

    /** How long nobody may look at an onboarding while all is well with it: one interval, and one that another costs. */
    static final Duration LOOK = INTERVAL.multipliedBy(2).plusSeconds(6);

    /** How long an Event may take behind its status. */
    static final Duration EVENT = Duration.ofSeconds(15);

    /** The longest pause between two attempts to write. */
    public static final Duration PAUSE = Duration.ofSeconds(65);

    /** How long a new leader may take to take up its work. */
    static final Duration TAKE_OVER = Duration.ofSeconds(10);

    /** Over how long requests are counted. */
    public static final Duration STORM = Duration.ofSeconds(20);

    /** How much more than the steady rate they may be. */
    public static final double STORM_FACTOR = 2;

    /** The chart's limit. */
    static final long MEMORY_MEBIBYTES = 512;

    static final int THREADS = 150;
    static final int SOCKETS = 200;

    private Allowances() {}
}
