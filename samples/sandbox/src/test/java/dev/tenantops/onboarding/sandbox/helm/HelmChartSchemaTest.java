package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.operator.Helm;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values.schema.json lets through, and where it says what is wrong. */
class HelmChartSchemaTest {

    private static HelmChart chart;

    @BeforeAll
    static void provideHelm() {
        chart = HelmChart.withHelm(HelmChart.VERSION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            replicas=3                                   | additional properties 'replicas' not allowed
            proxy.uri=http://proxy:3128                  | at '/proxy': additional properties 'uri' not allowed
            replicaCount=two                             | at '/replicaCount': got string, want integer
            replicaCount=-1                              | at '/replicaCount': minimum: got -1, want 0
            image.pullPolicy=Sometimes                   | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'
            image.digest=latest                          | at '/image/digest': 'latest' does not match pattern '^(sha256:
            image.tag=a b                                | at '/image/tag': 'a b' does not match pattern
            publicUrl=https://onboarding.example.com/    | at '/publicUrl': 'https://onboarding.example.com/' does not match pattern
            publicUrl=http://onboarding.example.com      | at '/publicUrl': 'http://onboarding.example.com' does not match pattern
            proxy.url=proxy.example.com:3128             | at '/proxy/url': 'proxy.example.com:3128' does not match pattern '^(https?://
            proxy.url=http://user:word@proxy:3128        | at '/proxy/url'
            proxy.url=http://proxy.example.com           | at '/proxy/url'
            verification.interval=5                      | at '/verification/interval': got number, want string
            verification.interval=5 minutes              | at '/verification/interval': '5 minutes' does not match pattern
            network.allowedRanges[0]=10.0.0.1            | at '/network/allowedRanges/0': '10.0.0.1' does not match pattern
            network.deniedRanges[0]=fd00::               | at '/network/deniedRanges/0': 'fd00::' does not match pattern
            network.namespaceRanges[0].namespace=a       | at '/network/namespaceRanges/0': missing property 'ranges'
            networkPolicy.dnsPorts[0]=dns                | at '/networkPolicy/dnsPorts/0': got string, want integer
            clouds.custom.loginUrl=https://a.example/b   | at '/clouds/custom/loginUrl'
            clouds.bleu.graphUrl=https://a.example/b     | at '/clouds/bleu/graphUrl'
            clouds.my-cloud.loginUrl=https://a.example   | at '/clouds': additional properties 'my-cloud' not allowed
            caBundle.kind=File                           | at '/caBundle/kind': value must be one of 'ConfigMap', 'Secret'
            log.format=xml                               | at '/log/format': value must be one of 'json', 'text'
            service.type=ExternalName                    | at '/service/type': value must be one of 'ClusterIP'
            service.port=99999                           | at '/service/port': maximum: got 99,999, want 65,535
            onboardingNamespaces[0]=customer-contoso     | at '/onboardingNamespaces/0': got string, want object
            onboardingNamespaces[0].name=contoso         | missing property 'namespace'
            networkPolicy.publicPorts[0]=https           | at '/networkPolicy/publicPorts/0': got string, want integer
            podDisruptionBudget.maxUnavailable=half      | at '/podDisruptionBudget/maxUnavailable'
            federatedToken.expirationSeconds=60          | at '/federatedToken/expirationSeconds': minimum: got 60, want 600
            page.enabled=yes                             | at '/page/enabled': got string, want boolean
            page.replicas=-1                             | at '/page/replicas': minimum: got -1, want 0
            page.trustedProxies[0]=10.0.0.1              | at '/page/trustedProxies/0': '10.0.0.1' does not match pattern
            page.keySecret.name=Keys                     | at '/page/keySecret/name': 'Keys' does not match pattern
            page.vendor.issuer=http://login.example.com  | at '/page/vendor/issuer'
            page.vendor.groups.admins=*                  | at '/page/vendor/groups/admins': got string, want array
            page.vendor.groups.admins[0]=Customer        | at '/page/vendor/groups/admins/0'
            page.vendor.contact=nobody                   | at '/page/vendor/contact'
            extraEnv[0].value=x                          | at '/extraEnv/0': missing property 'name'
            extraObjects[0].kind=ConfigMap               | at '/extraObjects/0': missing properties 'apiVersion', 'metadata'
            """)
    void aWrongValueIsRefusedWithItsPlaceAndWhatIsExpected(String value, String message) {
        Helm.Result result = chart.template("--set", value);
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publicUrl=http://localhost:8080",
                "publicUrl=https://example.com/onboarding",
                "verification.interval=1h30m",
                "network.allowedRanges[0]=fd00:20::/32",
                "network.deniedRanges[0]=34.118.224.0/20",
                "network.namespaceRanges[0].namespace=a,network.namespaceRanges[0].ranges[0]=10.20.0.0/28",
                "networkPolicy.dnsPorts[0]=5353",
                "podDisruptionBudget.maxUnavailable=50%",
                "resources.limits.cpu=2",
                "global.registry=example.com",
                "enabled=true"
            })
    void aUsualValueIsAccepted(String value) {
        assertThat(chart.template("--set", value).exitCode()).isZero();
    }
}
