package dev.tenantops.onboarding.operator.page.pack;

import dev.tenantops.onboarding.operator.page.pack.Block.Heading;
import dev.tenantops.onboarding.operator.page.pack.Block.Line;
import dev.tenantops.onboarding.operator.page.pack.Block.Listing;
import dev.tenantops.onboarding.operator.page.pack.Block.Paragraph;
import dev.tenantops.onboarding.operator.page.pack.Block.Step;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.PageMessages;
import dev.tenantops.onboarding.operator.page.view.PageView;
import dev.tenantops.onboarding.operator.page.view.PageView.Application;
import dev.tenantops.onboarding.operator.page.view.PageView.Consent;
import dev.tenantops.onboarding.operator.page.view.PageView.Product;
import dev.tenantops.onboarding.operator.page.view.PageView.Section;
import dev.tenantops.onboarding.operator.page.view.PageView.Verifier;
import dev.tenantops.onboarding.operator.page.view.Role;
import dev.tenantops.onboarding.operator.page.view.StateMessages;
import dev.tenantops.onboarding.operator.page.view.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the page says, to send: the links in their order, who can open them, why, and what a firewall has to let through. It
 * has the consent links and never the page's own, which shows more than one message should hand on.
 */
public final class CustomerPack {

    private final PageView page;
    private final Language language;
    private final PageMessages messages;
    private final StateMessages states;
    private final List<Block> blocks = new ArrayList<>();
    private int number;

    private CustomerPack(PageView page, Language language, Words words) {
        this.page = page;
        this.language = language;
        this.messages = words.messages();
        this.states = words.states();
    }

    public static String markdown(PageView page, Language language, Words words) {
        return MarkdownForm.of(new CustomerPack(page, language, words).blocks());
    }

    public static String text(PageView page, Language language, Words words) {
        return TextForm.of(new CustomerPack(page, language, words).blocks());
    }

    private List<Block> blocks() {
        head();
        page.products().forEach(this::product);
        network();
        former();
        foot();
        return blocks;
    }

    private void head() {
        var head = page.head();
        blocks.add(new Heading(1, messages.title(head.tenant())));
        blocks.add(new Paragraph(page.brand().product().map(it -> it + " · ").orElse("")
                + page.brand().publisher()));
        blocks.add(new Paragraph(messages.tenant() + ": "
                + head.tenantName().map(it -> it + ", ").orElse("") + head.tenantId()));
        var asOf = head.lastVerified()
                .map(it -> messages.packAsOf(language.time(it)))
                .orElse(messages.packUnverified());
        var count = head.needed() > 0 ? " " + count(head) : "";
        blocks.add(new Paragraph(asOf + ": " + messages.ready(head.ready()) + "." + count));
        page.notices()
                .forEach(it -> blocks.add(new Paragraph(messages.noticeTitle(it.kind()) + ". "
                        + messages.notice(it.kind())
                        + it.detail().map(detail -> " " + detail).orElse(""))));
        blocks.add(new Paragraph(messages.packIntro()));
    }

    private String count(PageView.Head head) {
        return head.unverified() > 0
                ? messages.consentsUnverified(head.granted(), head.needed(), head.unverified())
                : messages.consents(head.granted(), head.needed());
    }

    private void product(Product product) {
        blocks.add(new Heading(2, product.title()));
        verifier(product.verifier());
        product.sections().forEach(this::section);
    }

    private void verifier(Verifier verifier) {
        var sentences = new ArrayList<>(
                List.of(messages.verifierReason(verifier.publisher()), states.verifier(verifier.state())));
        verifier.obstacles().forEach(it -> sentences.add(states.obstacle(it)));
        blocks.add(new Step(
                ++number,
                messages.verifierName(),
                states.verifierTitle(verifier.state()),
                sentences,
                lines(verifier.consent())));
    }

    private void section(Section section) {
        blocks.add(new Heading(3, section.title().orElse(messages.sectionTitle(section.kind()))));
        if (section.optional()) {
            blocks.add(new Paragraph(messages.optionalExplained()));
        }
        section.applications().forEach(this::application);
    }

    private void application(Application application) {
        var sentences = new ArrayList<String>();
        application.purpose().ifPresent(sentences::add);
        if (application.explained()) {
            sentences.add(states.state(application.state()));
        }
        if (application.open()) {
            sentences.add(states.stateNext(application.state()));
        }
        application.obstacles().forEach(it -> sentences.add(states.obstacle(it)));
        var lines = new ArrayList<>(lines(application.consent()));
        application.teamsApp().ifPresent(it -> {
            it.url().ifPresent(url -> lines.add(Line.link(messages.publishButton(), url)));
            lines.add(Line.of(messages.whoCan(), roles(it.roles())));
            lines.add(Line.items(
                    messages.details(),
                    List.of(messages.publishOpen(), messages.publishFind(it.id()), messages.publishAllow())));
        });
        if (!application.prerequisites().isEmpty()) {
            lines.add(Line.items(
                    messages.prerequisites(),
                    application.prerequisites().stream()
                            .map(it -> it.description() + " (" + messages.prerequisite(it.state()) + ")"
                                    + it.url().map(url -> " " + url).orElse(""))
                            .toList()));
        }
        if (!application.permissions().isEmpty()) {
            lines.add(Line.items(
                    messages.packWhat(),
                    application.permissions().stream()
                            .flatMap(group -> group.lines().stream()
                                    .map(it -> language.permission(it.permission()) + " ("
                                            + group.resource() + ", "
                                            + it.permission().value() + ", "
                                            + messages.permissionType(group.type()) + "): "
                                            + messages.grant(it.grant())))
                            .toList()));
        }
        application.clientId().ifPresent(it -> lines.add(Line.of(messages.clientId(), it)));
        blocks.add(new Step(++number, application.name(), states.stateTitle(application.state()), sentences, lines));
    }

    private void network() {
        if (page.network().empty()) {
            return;
        }
        blocks.add(new Heading(2, messages.firewallTitle()));
        blocks.add(new Paragraph(messages.networkExplained() + " " + messages.firewallExplained()));
        page.network().endpoints().stream()
                .filter(PageView.Endpoint::problem)
                .forEach(it -> blocks.add(new Paragraph(
                        it.host() + ": " + states.endpointTitle(it.state()) + ". " + states.endpoint(it.state()))));
        blocks.add(new Listing(page.network().firewall()));
    }

    private void former() {
        if (page.former().isEmpty()) {
            return;
        }
        blocks.add(new Heading(2, messages.formerTitle()));
        blocks.add(new Paragraph(messages.formerExplained()));
        page.former()
                .forEach(it -> blocks.add(new Paragraph(it.name()
                        + it.clientId().map(id -> " (" + id + ")").orElse("") + ": "
                        + messages.formerSteps(it.name()))));
    }

    private void foot() {
        var contacts = new ArrayList<String>();
        page.brand().supportEmail().ifPresent(contacts::add);
        page.brand().supportUrl().ifPresent(contacts::add);
        if (!contacts.isEmpty()) {
            blocks.add(new Paragraph(messages.questions() + " " + String.join(", ", contacts)));
        }
    }

    private List<Line> lines(Optional<Consent> consent) {
        var lines = new ArrayList<Line>();
        consent.ifPresent(it -> {
            lines.add(Line.link(messages.packLink(), it.url()));
            if (!it.roles().isEmpty()) {
                lines.add(Line.of(messages.whoCan(), roles(it.roles())));
            }
        });
        return lines;
    }

    private String roles(List<Role> roles) {
        var names = roles.stream().map(messages::role).toList();
        return names.size() < 2
                ? String.join("", names)
                : names.subList(0, names.size() - 1).stream().collect(Collectors.joining(", ")) + " " + messages.or()
                        + " " + names.getLast();
    }
}
