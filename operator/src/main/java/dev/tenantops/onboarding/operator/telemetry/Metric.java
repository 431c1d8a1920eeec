package dev.tenantops.onboarding.operator.telemetry;

import java.util.List;

/** The operator's own metrics. {@code docs/metrics.md} is written from them. */
public enum Metric {
    BUILD_INFO(
            Type.Gauge,
            "tenant_onboarding_build_info",
            "Always 1, with the version that runs, and the commit that its image was made of, or unknown. Also of pods that serve"
                    + " the page.",
            "version",
            "revision"),
    LEADER(
            Type.Gauge,
            "tenant_onboarding_leader",
            "Whether this pod leads, and so verifies: 1 or 0. Of each shard, one pod does."),
    READY(
            Type.Gauge,
            "tenant_onboarding_ready",
            "Whether an onboarding is Ready: 1 for True, 0 for False, -1 for Unknown. One series for each onboarding, with"
                    + " the reason of its condition Ready.",
            "namespace",
            "name",
            "reason"),
    CONDITIONS(
            Type.Gauge,
            "tenant_onboarding_conditions",
            "How many onboardings have a condition of this type, status and reason.",
            "type",
            "status",
            "reason"),
    WITHDRAWN(
            Type.Gauge,
            "tenant_onboarding_withdrawn_onboardings",
            "How many onboardings have an application that no tenant can use any more, for a reason that is its publisher's"
                    + " or Microsoft's.",
            "catalog",
            "application",
            "reason"),
    CONSENT_AWAITED(
            Type.Gauge,
            "tenant_onboarding_consent_awaited_onboardings",
            "How many onboardings have not been ready for at least so many days (0, 1, 3, 7, 14, 30 or 90), while their customer is"
                    + " asked for a consent to the catalog. Each number contains those of more days.",
            "catalog",
            "days"),
    STALE(
            Type.Gauge,
            "tenant_onboarding_stale",
            "How many onboardings have evidence that is older than it counts. Those are left out that wait for a person:"
                    + " suspended, stalled, or with a verifier that is not authorized."),
    OLDEST_EVIDENCE(
            Type.Gauge,
            "tenant_onboarding_oldest_evidence_timestamp_seconds",
            "When the onboarding that was verified longest ago was verified, or created if it never was; the same ones"
                    + " are left out."),
    DUE_CHECKS(
            Type.Gauge,
            "tenant_onboarding_due_checks",
            "How many checks are due or under way. 0 on a pod that does not verify."),
    OLDEST_DUE_CHECK_AGE(
            Type.Gauge,
            "tenant_onboarding_oldest_due_check_age_seconds",
            "For how long the check that is due for longest has been due without coming to its end. 0 on a pod that does"
                    + " not verify."),
    CHECKS(
            Type.Histogram,
            "tenant_onboarding_check_duration_seconds",
            "Checks of onboardings and looks at catalogs, without the waiting for a turn: Succeeded, whatever they found, or"
                    + " Failed by a fault of the operator.",
            "kind",
            "outcome"),
    STATUS_WRITES(
            Type.Counter,
            "tenant_onboarding_status_writes_total",
            "Statuses that were sent to the API server: Stored, or Refused, which is tried again.",
            "kind",
            "outcome"),
    UNWRITTEN_STATUSES(
            Type.Gauge,
            "tenant_onboarding_unwritten_statuses",
            "How many statuses the API server has refused for longer than a minute. What kubectl shows of these is older"
                    + " than what is known."),
    OLDEST_UNWRITTEN_STATUS_AGE(
            Type.Gauge,
            "tenant_onboarding_oldest_unwritten_status_age_seconds",
            "For how long the status has been refused that the API server has refused for longest; 0 for none."),
    CATALOG_CONDITIONS(
            Type.Gauge,
            "tenant_onboarding_catalog_conditions",
            "The conditions of a catalog: always 1, with their status and reason.",
            "catalog",
            "type",
            "status",
            "reason"),
    CREDENTIAL_EXPIRY(
            Type.Gauge,
            "tenant_onboarding_credential_expiry_timestamp_seconds",
            "When the credential of a catalog's verifier ends, where its Secret tells.",
            "catalog"),
    RETIREMENT(
            Type.Gauge,
            "tenant_onboarding_permission_retirement_timestamp_seconds",
            "From when on a permission that a catalog's application needs does not work, as the catalog says.",
            "catalog",
            "application",
            "permission"),
    RETIRING(
            Type.Gauge,
            "tenant_onboarding_permission_retirement_onboardings",
            "For how many onboardings the application does not work from that date on: they have it, and nobody attests"
                    + " that they do without the permission.",
            "catalog",
            "application",
            "permission",
            "date"),
    UNSELECTED(
            Type.Gauge,
            "tenant_onboarding_unselected_onboardings",
            "How many onboardings nobody verifies, although their status may still say Ready: NoShard where no shard selects"
                    + " them, ShardGone where nobody renews the Lease of the one that does. Only of the release that has"
                    + " the catalogs.",
            "cause"),
    SHARED(
            Type.Gauge,
            "tenant_onboarding_shared_onboardings",
            "How many onboardings several shards select, so that each verifies and writes them. Only of the release that"
                    + " has the catalogs."),
    DIRECTORY_REQUESTS(
            Type.Histogram,
            "tenant_onboarding_directory_request_duration_seconds",
            "Requests to Microsoft's login service and to Microsoft Graph: Token, CloudLookup, Batch or Page; Succeeded,"
                    + " Throttled, Denied or Failed.",
            "operation",
            "outcome"),
    PAGE_REQUESTS(
            Type.Histogram,
            "tenant_onboarding_page_request_duration_seconds",
            "Requests of browsers, until their answer begins: to Page, Events, Callback, Overview or Other; Succeeded, Throttled"
                    + " (429), Denied (any other 4xx) or Failed (5xx).",
            "route",
            "outcome"),
    DIRECTORY_THROTTLED(
            Type.Counter,
            "tenant_onboarding_directory_throttled_total",
            "Requests that Microsoft asked to slow down for, in whole or for a read of the batch.",
            "operation"),
    DIRECTORY_CIRCUIT_OPEN(
            Type.Gauge,
            "tenant_onboarding_directory_circuit_open",
            "Whether the operator has found a service (Login or Graph) to answer nobody, and sends one check at a time"
                    + " there until it answers again: 1 or 0. One series for each host, once it was used.",
            "service",
            "host"),
    PROBES(
            Type.Counter,
            "tenant_onboarding_probes_total",
            "Results of probes of endpoints: Reachable, NotProven, Unfinished or Unreachable, with the stage and the"
                    + " reason of those that are Unreachable. Onboardings that use the same way at about the same time share a probe, and"
                    + " each counts it.",
            "outcome",
            "stage",
            "reason"),
    CONDITION(
            Type.Gauge,
            "tenant_onboarding_condition",
            "The conditions of an onboarding: always 1, with their status and reason. Only with"
                    + " onboarding.metrics.per-onboarding.",
            "namespace",
            "name",
            "type",
            "status",
            "reason"),
    LAST_VERIFIED(
            Type.Gauge,
            "tenant_onboarding_last_verified_timestamp_seconds",
            "When an onboarding was last verified, as its status says; absent if it never was. Only with"
                    + " onboarding.metrics.per-onboarding.",
            "namespace",
            "name");

    private final Type type;
    private final String series;
    private final String help;
    private final List<String> labels;

    Metric(Type type, String series, String help, String... labels) {
        this.type = type;
        this.series = series;
        this.help = help;
        this.labels = List.of(labels);
    }

    public Type type() {
        return type;
    }

    /** The name that Prometheus knows it by; a histogram's without {@code _bucket}, {@code _count} and {@code _sum}. */
    public String series() {
        return series;
    }

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels;
    }

    /** The types of Prometheus. */
    public enum Type {
        Gauge,
        Counter,
        Histogram
    }
}
