package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the page shows, in its order.
 *
 * @param notices what stands above all else
 * @param returned where the browser has just come back from a consent page
 * @param products one for each licensed catalog
 * @param former what the licences no longer bring and the tenant still has
 */
public record PageView(
        Head head,
        Brand brand,
        List<Notice> notices,
        Optional<Returned> returned,
        List<Product> products,
        List<Application> former,
        Network network) {

    /**
     * @param catalogs those that the licences name, and those of what is left of earlier licences, as far as they are there
     * @param now by the page's own clock
     */
    public static PageView of(
            TenantOnboarding onboarding,
            Map<String, ApplicationCatalog> catalogs,
            Instant now,
            Optional<ReturnedConsent> returned) {
        return new PageBuilder(onboarding, catalogs, Evidence.of(onboarding, now), returned).build();
    }

    /** Whose page it is. Nothing of it is markup. */
    public record Brand(
            String publisher,
            Optional<String> product,
            Optional<String> supportEmail,
            Optional<String> supportUrl,
            Optional<AccentColor> accent,
            Optional<String> logo) {}

    /**
     * How far it is.
     *
     * @param ready by the page's own clock: what has ended proves nothing
     * @param granted how many of the needed consents are there
     * @param unverified of how many of them nobody knows now
     * @param stale whether the last reading is too old to count
     */
    public record Head(
            Condition.Status ready,
            Optional<String> tenantName,
            String tenantId,
            int granted,
            int attested,
            int unverified,
            int needed,
            Next next,
            Optional<Instant> lastVerified,
            Optional<Instant> validUntil,
            boolean stale) {

        /** What the customer is called here. */
        public String tenant() {
            return tenantName.orElse(tenantId);
        }

        public boolean isReady() {
            return ready == Condition.Status.True;
        }

        public Mark mark() {
            return switch (ready) {
                case True -> Mark.Done;
                case False -> next.kind().actor() == Actor.Nobody ? Mark.Waiting : Mark.Open;
                case Unknown -> Mark.Waiting;
            };
        }

        /** How many of the needed consents nobody has to give any more. */
        public int settled() {
            return granted + attested;
        }

        public int open() {
            return needed - settled();
        }
    }

    /**
     * @param name what it is about, in the vendor's words
     * @param anchor where it stands on the page
     */
    public record Next(NextKind kind, Optional<String> name, Optional<String> anchor) {}

    /** @param detail a name or a code, for those who ask the publisher */
    public record Notice(NoticeKind kind, Optional<String> detail) {}

    /**
     * A browser that came back.
     *
     * @param name of the application that it returns from, where it is one of these
     * @param proven whether what was reported has been verified since
     */
    public record Returned(ConsentOutcome outcome, Optional<String> name, Optional<String> anchor, boolean proven) {

        /** Whether it was said to be given, and is. */
        public boolean confirmed() {
            return proven && outcome == ConsentOutcome.Reported;
        }

        public Mark mark() {
            return switch (outcome) {
                case Reported -> proven ? Mark.Done : Mark.Waiting;
                case StillProvisioning, Transient -> Mark.Waiting;
                default -> Mark.Problem;
            };
        }
    }

    /** The part of one catalog. */
    public record Product(
            String catalog, String publisher, Optional<String> name, Verifier verifier, List<Section> sections) {

        /** What it is called above its part. */
        public String title() {
            return name.orElse(publisher);
        }
    }

    /**
     * Link zero.
     *
     * @param obstacles what would come of a consent
     * @param consent absent where it is granted, and where it is sure to fail
     */
    public record Verifier(
            String catalog,
            String anchor,
            String publisher,
            Optional<String> clientId,
            VerifierState state,
            List<Obstacle> obstacles,
            Optional<Consent> consent) {

        public Mark mark() {
            return state.mark();
        }

        /** Who has to act. No customer can consent to what its publisher has not opened. */
        public Actor actor() {
            return state.actor() == Actor.Customer && obstacles.stream().anyMatch(Obstacle::certain)
                    ? Actor.Publisher
                    : state.actor();
        }
    }

    /** The applications of one plan, of what is licensed beside the plans, or of what is optional. */
    public record Section(SectionKind kind, Optional<String> title, String anchor, List<Application> applications) {

        public boolean optional() {
            return kind == SectionKind.Optional;
        }
    }

    /**
     * An application.
     *
     * @param key catalog and name, as the contract of the page has it
     * @param state as far as the evidence goes
     * @param obstacles what would come of a consent
     * @param surplus what it holds and nobody asks for, and how many there are in all
     * @param message what the status says beyond the state, in English
     */
    public record Application(
            String key,
            String anchor,
            String name,
            Optional<String> purpose,
            Optional<String> clientId,
            ApplicationState state,
            Mark mark,
            Actor actor,
            boolean optional,
            List<Obstacle> obstacles,
            Optional<Consent> consent,
            List<PermissionGroup> permissions,
            List<Prerequisite> prerequisites,
            Optional<TeamsApp> teamsApp,
            List<Permission> surplus,
            int surplusTotal,
            Optional<Instant> grantedSince,
            Optional<Instant> reported,
            Optional<String> message) {

        public int permissionCount() {
            return permissions.stream().mapToInt(it -> it.lines().size()).sum();
        }

        /** Whether only some of the permissions are granted, so that it is worth reading which. */
        public boolean mixed() {
            var grants = permissions.stream()
                    .flatMap(it -> it.lines().stream())
                    .map(PermissionLine::grant)
                    .toList();
            return grants.contains(Grant.Missing) && grants.contains(Grant.Granted);
        }

        /** Whether its state says more than its other lines do. */
        public boolean explained() {
            var published = teamsApp.isPresent() && permissions.isEmpty();
            var unseen = unverified() && obstacles.contains(Obstacle.VerifierFirst);
            return !published && !unseen;
        }

        /** Whether somebody has to act. */
        public boolean open() {
            return mark == Mark.Open || mark == Mark.Problem;
        }

        /** Whether it waits for somebody's word. */
        public boolean unattested() {
            return prerequisites.stream().anyMatch(it -> it.state() == PrerequisiteStatus.State.AttestationRequired);
        }

        public boolean unverified() {
            return state == ApplicationState.NotVerified;
        }

        public boolean granted() {
            return state == ApplicationState.Granted;
        }

        public int unlistedSurplus() {
            return surplusTotal - surplus.size();
        }

        Application with(Optional<Consent> other) {
            return new Application(
                    key,
                    anchor,
                    name,
                    purpose,
                    clientId,
                    state,
                    mark,
                    actor,
                    optional,
                    obstacles,
                    other,
                    permissions,
                    prerequisites,
                    teamsApp,
                    surplus,
                    surplusTotal,
                    grantedSince,
                    reported,
                    message);
        }
    }

    /**
     * A link to Microsoft's consent page.
     *
     * @param roles who can use it; empty where the status names something else
     * @param primary whether it is what comes next
     */
    public record Consent(String url, List<Role> roles, boolean primary) {}

    /**
     * What is asked of one API.
     *
     * @param resource its name for people, or its appId
     */
    public record PermissionGroup(String resource, boolean named, PermissionType type, List<PermissionLine> lines) {}

    /**
     * @param by the larger permission that stands for it
     * @param retires the first day on which it does not work
     */
    public record PermissionLine(
            Permission permission,
            Grant grant,
            boolean optional,
            Optional<String> by,
            Optional<String> retires,
            Optional<String> retirementUrl) {}

    /** What no directory shows. */
    public record Prerequisite(
            String name,
            String description,
            PrerequisiteStatus.State state,
            Optional<Instant> until,
            Optional<String> url) {

        public Mark mark() {
            return switch (state) {
                case NotVerifiable -> Mark.Neutral;
                case AttestationRequired -> Mark.Open;
                case Attested -> Mark.Attested;
            };
        }
    }

    /**
     * A Teams app that somebody publishes.
     *
     * @param url of the Teams admin center
     */
    public record TeamsApp(String id, Optional<String> url, List<Role> roles) {}

    /** The way to what the product's users must reach. */
    public record Network(List<Endpoint> endpoints, Optional<String> proxy) {

        public boolean empty() {
            return endpoints.isEmpty();
        }

        /** What a firewall has to let through, a line each. */
        public List<String> firewall() {
            return endpoints.stream().map(Endpoint::rule).distinct().toList();
        }

        public String firewallText() {
            return String.join("\n", firewall());
        }
    }

    /**
     * Something to reach.
     *
     * @param key catalog and name
     * @param url as a firewall rule names it
     * @param tried what was dialled
     * @param message what came back, in English
     * @param nextStep what to allow or to correct, in English
     */
    public record Endpoint(
            String key,
            String anchor,
            EndpointState state,
            String url,
            String host,
            int port,
            Protocol protocol,
            Optional<Instant> since,
            Optional<String> tried,
            Optional<String> proxy,
            Optional<String> message,
            Optional<String> nextStep) {

        public Mark mark() {
            return state.mark();
        }

        public boolean problem() {
            return mark() == Mark.Problem;
        }

        String rule() {
            return host + "\tTCP " + port + "\t" + protocol.standard();
        }
    }

    /** Every application that the licences bring. */
    public Stream<Application> applications() {
        return products.stream().flatMap(it -> it.sections().stream()).flatMap(it -> it.applications().stream());
    }

    /** Whether the proof can be shown: every needed consent is there, nothing waits for a word, and the evidence counts. */
    public boolean proven() {
        return head.needed() > 0
                && head.settled() == head.needed()
                && !head.stale()
                && applications().filter(it -> !it.optional()).noneMatch(Application::unattested)
                && notices.stream().noneMatch(it -> it.kind().contradictsProof());
    }

    /** A name for exactly what is shown; the same content has the same. */
    public String revision() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
