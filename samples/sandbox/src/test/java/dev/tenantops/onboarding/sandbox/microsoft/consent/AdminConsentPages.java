package dev.tenantops.onboarding.sandbox.microsoft.consent;

import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CALLBACK;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.CONSOLE;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.TENANT;
import static dev.tenantops.onboarding.sandbox.microsoft.Simulation.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.microsoft.Simulation;
import dev.tenantops.onboarding.sandbox.microsoft.Simulation.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.control.GrantedPermissions;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;

/** Goes through the consent pages as a browser does. */
abstract class AdminConsentPages {

    static final String DEFAULT = "https://graph.microsoft.com/.default";
    static final String STATE = "0b1c.agent console";
    static final Pattern ACTION = Pattern.compile("<form id=\"consent\" method=\"post\" action=\"([^\"]*)\"");

    @AutoClose
    final Simulation simulation = new Simulation();

    static String v2(String clientId, String scope) {
        return "/" + TENANT + "/v2.0/adminconsent?client_id=" + clientId + "&redirect_uri="
                + Simulation.encode(CALLBACK) + "&scope=" + Simulation.encode(scope) + "&state="
                + Simulation.encode(STATE);
    }

    static String v1(String clientId, String redirectUri) {
        return "/" + TENANT + "/adminconsent?client_id=" + clientId
                + (redirectUri == null
                        ? ""
                        : "&redirect_uri=" + Simulation.encode(redirectUri) + "&state=" + Simulation.encode(STATE));
    }

    Map<String, String> accept(String url) {
        return decide(url, "administrator", "accept");
    }

    Map<String, String> decide(String url, String account, String decision) {
        return parameters(submit(url, account, decision));
    }

    /** Sends the form as a browser does: to the address that the page names. */
    Answer submit(String url, String account, String decision) {
        Answer page = simulation.get(url);
        return page.status() == 200
                ? simulation.submit(action(url), Map.of("account", account, "decision", decision))
                : page;
    }

    String action(String url) {
        Matcher action = ACTION.matcher(simulation.get(url).body());
        assertThat(action.find()).isTrue();
        return URI.create(url).getPath() + action.group(1).replace("&amp;", "&");
    }

    static Map<String, String> parameters(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        String location = answer.header("Location");
        assertThat(location).startsWith(CALLBACK + "?");
        return new HashMap<>(WebRequest.parameters(location.substring(CALLBACK.length() + 1)));
    }

    static void assertErrorPage(Answer page, int code) {
        assertThat(page.header("Location")).isNull();
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body()).contains("AADSTS" + code + ": ").doesNotContain("<form");
    }

    List<String> granted() {
        return GrantedPermissions.of(simulation.directory, TENANT, CONSOLE);
    }
}
