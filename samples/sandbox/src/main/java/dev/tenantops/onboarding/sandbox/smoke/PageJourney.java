package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.program.Steps;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a customer's administrator does on the page of the onboarding, who has nothing but its link. The page is read by its
 * contract, as scripts of customers are.
 */
final class PageJourney {

    private static final Pattern HEAD = Pattern.compile("data-ready=\"(True|False|Unknown)\"");
    private static final Pattern ELEMENT =
            Pattern.compile("(data-(?:application|verifier)=\"([^\"]*)\")[^>]*\\bdata-state=\"([^\"]*)\"");
    private static final Pattern BUTTON = Pattern.compile("(?is)<a\\b([^>]*\\bdata-action=\"consent\"[^>]*)>");
    private static final Pattern LINK = Pattern.compile("\\bhref=\"([^\"]*)\"");

    private final OperatorSandbox stage;
    private final ConsentJourney statuses;
    private final ConsentBrowser browser;

    PageJourney(OperatorSandbox stage, ConsentJourney statuses, ConsentBrowser browser) {
        this.stage = stage;
        this.statuses = statuses;
        this.browser = browser;
    }

    /** From the link to the page's green head, by the buttons of the page alone. */
    void walk(TenantOnboarding onboarding, Steps steps) {
        String name = onboarding.getMetadata().getName();
        URI url = steps.step(
                "page: " + name + ": its link opens, and nothing is green",
                () -> opened(onboarding),
                it -> "Ready " + head(open(it)));
        statuses.status(onboarding)
                .verifiers()
                .forEach(it -> steps.step(
                        "page: %s: the verifier of %s is consented to by its button".formatted(name, it.catalog()),
                        () -> consent(url, it.catalog(), "Authorized")));
        statuses.status(onboarding).applications().stream()
                .filter(it -> it.consentUrl() != null && it.state() != ApplicationState.NotVerifiable)
                .forEach(it -> steps.step(
                        "page: %s: %s is consented to by its button".formatted(name, it.name()),
                        () -> consent(url, key(it), ApplicationState.Granted.name())));
        steps.step("page: " + name + ": its head is green", () -> {
            Polling.until(ConsentJourney.LIMIT, () -> Optional.of(open(url)), it -> head(it).equals("True"));
            return "Ready True";
        });
        steps.step("page: " + name + ": the proof and the pack are there", () -> proven(url));
        steps.step(
                "page: " + name + ": a raised link version closes it, and the new link opens",
                () -> revoked(onboarding, url));
    }

    /** Waits until the page shows a state of an application. */
    String await(TenantOnboarding onboarding, ApplicationStatus application, ApplicationState state) {
        URI url = URI.create(statuses.status(onboarding).pageUrl());
        return await(url, key(application), state.name());
    }

    private URI opened(TenantOnboarding onboarding) {
        TenantOnboardingStatus published = statuses.await(
                onboarding,
                it -> it.pageUrl() != null
                        && !it.verifiers().isEmpty()
                        && !it.applications().isEmpty());
        URI url = URI.create(published.pageUrl());
        ConsentBrowser.Page page = browser.open(url);
        if (page.status() != 200 || head(page.body()).equals("True")) {
            throw new IllegalStateException(
                    "the page answers %d, Ready %s".formatted(page.status(), head(page.body())));
        }
        return url;
    }

    private String consent(URI url, String element, String expected) {
        String page = open(url);
        Matcher button = BUTTON.matcher(part(page, element));
        if (!button.find()) {
            throw new IllegalStateException(element + " has no button to consent");
        }
        Matcher link = LINK.matcher(button.group(1));
        if (!link.find()) {
            throw new IllegalStateException("the button of " + element + " leads nowhere");
        }
        ConsentBrowser.Page back = browser.accept(URI.create(link.group(1).replace("&amp;", "&")));
        if (back.status() != 200 || !back.url().getPath().equals(url.getPath())) {
            throw new IllegalStateException("the browser came back to %s with status %d instead of the page"
                    .formatted(back.url().getPath(), back.status()));
        }
        return await(url, element, expected);
    }

    private String await(URI url, String element, String expected) {
        Polling.until(
                ConsentJourney.LIMIT,
                () -> Optional.of(open(url)),
                it -> state(it, element).equals(expected));
        return element + " is " + expected;
    }

    private String proven(URI url) {
        ConsentBrowser.Page proof = browser.open(URI.create(url + "/proof"));
        ConsentBrowser.Page markdown = browser.open(URI.create(url + "/pack.md"));
        ConsentBrowser.Page text = browser.open(URI.create(url + "/pack.txt"));
        if (proof.status() != 200 || markdown.status() != 200 || text.status() != 200) {
            throw new IllegalStateException(
                    "they answer %d, %d and %d".formatted(proof.status(), markdown.status(), text.status()));
        }
        return "pack of %d characters".formatted(markdown.body().length());
    }

    private String revoked(TenantOnboarding onboarding, URI url) {
        var result = stage.sandbox()
                .kubectl()
                .run(
                        "patch",
                        "tenantonboarding",
                        onboarding.getMetadata().getName(),
                        "--namespace=" + onboarding.getMetadata().getNamespace(),
                        "--type=merge",
                        "--patch={\"spec\": {\"page\": {\"linkVersion\": 2}}}");
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
        Polling.until(ConsentJourney.LIMIT, () -> Optional.of(browser.open(url).status()), it -> it == 404);
        TenantOnboardingStatus after = statuses.await(
                onboarding, it -> it.pageUrl() != null && !it.pageUrl().equals(url.toString()));
        int status = browser.open(URI.create(after.pageUrl())).status();
        if (status != 200) {
            throw new IllegalStateException("the new link answers " + status);
        }
        return "404, then 200";
    }

    private String open(URI url) {
        return browser.open(url).body();
    }

    private static String head(String page) {
        Matcher head = HEAD.matcher(page);
        return head.find() ? head.group(1) : "";
    }

    private static String state(String page, String element) {
        return ELEMENT.matcher(page)
                .results()
                .filter(it -> it.group(2).equals(element))
                .map(it -> it.group(3))
                .findFirst()
                .orElse("");
    }

    /** From the element to the next one. */
    private static String part(String page, String element) {
        var elements = ELEMENT.matcher(page).results().toList();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).group(2).equals(element)) {
                return page.substring(
                        elements.get(i).start(),
                        i + 1 < elements.size() ? elements.get(i + 1).start() : page.length());
            }
        }
        throw new IllegalStateException("the page has no " + element);
    }

    private static String key(ApplicationStatus application) {
        return application.catalog() + "/" + application.name();
    }
}
