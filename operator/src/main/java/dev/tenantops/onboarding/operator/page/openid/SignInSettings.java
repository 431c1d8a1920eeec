package dev.tenantops.onboarding.operator.page.openid;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where people sign in, and as which client.
 *
 * @param issuer the OpenID provider's
 * @param clientSecretFile read anew whenever it changes
 * @param scopes those asked for beside {@code openid}
 * @param groupsClaim the claim of the ID token with a person's groups; {@code /} leads into a claim
 * @param publicUrl where browsers reach the page, without a slash at the end
 * @param caBundle trust anchors beside the Java runtime's
 */
public record SignInSettings(
        URI issuer,
        String clientId,
        Path clientSecretFile,
        List<String> scopes,
        String groupsClaim,
        URI publicUrl,
        Optional<Path> caBundle) {

    /** Whatever is below asks who somebody is. */
    public static final String ROOT = "/onboardings";

    /** Where the provider sends a browser back to, as it has to know it. */
    public static final String SIGNED_IN = ROOT + "/signed-in";

    /** Where a browser is sent after it signed out at the provider, as that has to know it. */
    public static final String SIGNED_OUT = ROOT + "/signed-out";

    /** What says that nobody was signed in. */
    public static final String FAILED = ROOT + "/sign-in-failed";

    public SignInSettings {
        scopes = List.copyOf(scopes);
    }

    /** Whether a path is one that asks, or belongs to signing in and out. */
    public static boolean asks(String path) {
        return path.startsWith(ROOT)
                && (path.length() == ROOT.length() || "/;".indexOf(path.charAt(ROOT.length())) >= 0);
    }

    /** Whether browsers come by https, so that cookies may go no other way. */
    boolean encrypted() {
        return "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    /** An absolute address of ours, whatever host a request names. */
    public String address(String path) {
        return publicUrl + path;
    }
}
