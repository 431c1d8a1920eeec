package dev.tenantops.onboarding.sandbox.demo;

import dev.tenantops.onboarding.sandbox.Sandbox;

/** What a person can type while a sandbox runs. */
final class Instructions {

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

    /** All that the simulated cloud can be told. */
    String control() {
        return curl("GET", "/control", "");
    }

    /** How to interfere with an application in a tenant. */
    String interference(String tenantId, String clientId) {
        String application = "/control/tenants/" + tenantId + "/applications/" + clientId;
        return String.join(
                "\n",
                curl(
                        "POST",
                        application + "/revoke",
                        "{\"resource\": \"MicrosoftGraph\", \"type\": \"Delegated\", \"value\": \"User.Read\"}"),
                curl("POST", application + "/revoke-consent", ""),
                curl("POST", application + "/disable", ""),
                curl("POST", application + "/enable", ""));
    }

    private String curl(String method, String path, String body) {
        return "curl --cacert %s%s %s%s%s"
                .formatted(
                        sandbox.caBundle(),
                        method.equals("GET") ? "" : " -X " + method,
                        sandbox.microsoft().url(),
                        path,
                        body.isEmpty() ? "" : " -d '" + body + "'");
    }
}
