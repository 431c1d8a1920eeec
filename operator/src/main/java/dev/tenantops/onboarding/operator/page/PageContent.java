package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.consent.PageLinks;
import dev.tenantops.onboarding.operator.page.pack.CustomerPack;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.PageView;
import dev.tenantops.onboarding.operator.page.view.ReturnedConsent;
import dev.tenantops.onboarding.operator.page.view.Words;
import io.quarkus.qute.TemplateInstance;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** What pages say, of the view of an onboarding and in the language that was asked for. */
final class PageContent {

    private static final int REVISION_BYTES = 16;

    private PageContent() {}

    /** Tells what is shown from what is shown otherwise. */
    static String revision(PageSnapshot page) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((view(page, Optional.empty()) + " " + page.silentSince()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, REVISION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("What is shown cannot be told from anything else", e);
        }
    }

    static TemplateInstance whole(PageSnapshot page, Asked asked, String token) {
        return said(
                AdministratorTemplates.onboarding(
                        view(page, asked.returned()), request(page, asked, token), page.revision()),
                asked);
    }

    static TemplateInstance main(PageSnapshot page, Asked asked, String token) {
        return said(AdministratorTemplates.content(view(page, asked.returned()), request(page, asked, token)), asked);
    }

    static String markdown(PageSnapshot page, Asked asked) {
        return CustomerPack.markdown(view(page, Optional.empty()), asked.language(), Words.of(asked.language()));
    }

    static String text(PageSnapshot page, Asked asked) {
        return CustomerPack.text(view(page, Optional.empty()), asked.language(), Words.of(asked.language()));
    }

    /** A proof is dated, and there is none of what is not proven. */
    static TemplateInstance proof(PageSnapshot page, Asked asked, String token) {
        var view = view(page, Optional.empty());
        return view.proven() && page.silentSince().isEmpty()
                ? said(AdministratorTemplates.proof(view, request(page, asked, token), page.now()), asked)
                : card(Cards::unproven, asked);
    }

    /** A page that says one thing. */
    static TemplateInstance card(Function<Cards, Card> card, Asked asked) {
        return said(
                AdministratorTemplates.card(
                        card.apply(new Cards(Words.of(asked.language()))),
                        new PageRequest("", asked.language(), asked.chosen(), Optional.empty())),
                asked);
    }

    private static PageView view(PageSnapshot page, Optional<ReturnedConsent> returned) {
        return PageView.of(page.onboarding(), page.catalogs(), page.now(), returned);
    }

    private static PageRequest request(PageSnapshot page, Asked asked, String token) {
        return new PageRequest(PageLinks.PATH + token, asked.language(), asked.chosen(), page.silentSince());
    }

    private static TemplateInstance said(TemplateInstance page, Asked asked) {
        Language language = asked.language();
        return page.setLocale(language.locale());
    }
}
