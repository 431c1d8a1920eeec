package dev.tenantops.onboarding.sandbox.demo;

import dev.tenantops.onboarding.sandbox.Sandbox;

/** What a person can type while a sandbox runs. */
final class Instructions {

    /** All that the simulated cloud can be told, in a shell with the {@link ShellEnvironment}. */
    static final String CONTROL = "control \"$MICROSOFT/control\"";

    private final Sandbox sandbox;

    Instructions(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Everything that runs, and how it is reached. */
    String addresses() {
        return """
                Kubernetes %s   %s --kubeconfig %s
                Entra ID, Graph     %s   (trust anchor %s)
                Customer's proxy    %s   (user %s, password %s)
                Behind the proxy    %s""".formatted(
                        sandbox.apiServer().version(),
                        sandbox.apiServer().kubectl(),
                        sandbox.kubeconfig(),
                        sandbox.microsoft().url(),
                        sandbox.caBundle(),
                        sandbox.proxy().url(),
                        Sandbox.PROXY_CREDENTIALS.username(),
                        Sandbox.PROXY_CREDENTIALS.password(),
                        String.join(", ", Sandbox.ENDPOINT_NAMES));
    }

    /** How to interfere with an application in a tenant, in a shell with the {@link ShellEnvironment}. */
    static String interference(String tenantId, String clientId) {
        String application = "/control/tenants/" + tenantId + "/applications/" + clientId;
        return String.join(
                "\n",
                post(
                        application + "/revoke",
                        " -d '{\"resource\": \"MicrosoftGraph\", \"type\": \"Delegated\", \"value\": \"User.Read\"}'"),
                post(application + "/revoke-consent", ""),
                post(application + "/disable", ""),
                post(application + "/enable", ""));
    }

    private static String post(String path, String body) {
        return "control -X POST \"$MICROSOFT" + path + "\"" + body;
    }
}
