package dev.tenantops.onboarding.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/** The borders of the packages: data flows one way through them. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.tenantops.onboarding.operator";

    @ArchTest
    static final ArchRule desired = mayImport("desired");

    @ArchTest
    static final ArchRule consent = mayImport("consent", "desired");

    @ArchTest
    static final ArchRule observe = mayImport("observe", "desired");

    @ArchTest
    static final ArchRule tls = mayImport("tls");

    @ArchTest
    static final ArchRule entra = mayImport("entra", "observe", "desired", "tls");

    @ArchTest
    static final ArchRule network = mayImport("network", "observe", "tls");

    @ArchTest
    static final ArchRule verdict = mayImport("verdict", "observe", "desired", "consent");

    @ArchTest
    static final ArchRule status = mayImport("status", "verdict", "observe", "desired", "consent");

    @ArchTest
    static final ArchRule report = mayImport("report", "status");

    @ArchTest
    static final ArchRule delivery = mayImport("delivery", "report");

    @ArchTest
    static final ArchRule sharding = mayImport("sharding", "status", "observe", "desired");

    @ArchTest
    static final ArchRule page = mayImport("page", "page.view", "page.pack", "page.vendor", "page.openid", "consent");

    @ArchTest
    static final ArchRule pageView = mayImport("page.view", "consent");

    @ArchTest
    static final ArchRule pagePack = mayImport("page.pack", "page.view");

    @ArchTest
    static final ArchRule pageOfTheVendor = mayImport("page.vendor");

    @ArchTest
    static final ArchRule pageSignIn = mayImport("page.openid", "tls");

    @ArchTest
    static final ArchRule openIdStaysAtTheEdgeOfThePage = onlyIn(Set.of("page", "page.openid"), "io.quarkus.oidc..");

    @ArchTest
    static final ArchRule microsoftLibrariesStayInEntra = onlyIn("entra", "com.microsoft..", "okhttp3..");

    @ArchTest
    static final ArchRule socketsStayInNetworkAndTls =
            onlyIn(Set.of("network", "tls"), "java.net.Socket", "javax.net.ssl.SSLSocket");

    @ArchTest
    static final ArchRule certificatesAreTrustedInTls =
            onlyIn("tls", "javax.net.ssl.TrustManagerFactory", "java.security.KeyStore");

    @ArchTest
    static final ArchRule endpoints =
            mayImport("endpoints", "status", "verdict", "observe", "desired", "delivery", "report");

    @ArchTest
    static final ArchRule cluster =
            mayImport("cluster", "sharding", "status", "observe", "consent", "delivery", "desired");

    @ArchTest
    static final ArchRule plan = mayImport("plan", "status", "verdict", "observe", "consent", "desired");

    @ArchTest
    static final ArchRule tob = mayImport("tob", "plan", "status", "observe", "page.view", "page.pack");

    @ArchTest
    static final ArchRule theCommandLineIsReadByPicocliAlone = onlyIn("tob", "picocli..", "org.apache.commons.csv..");

    @ArchTest
    static final ArchRule leaderElection = mayImport("leaderelection", "config");

    @ArchTest
    static final ArchRule nothingReliesOnBeingWatched = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".telemetry", ROOT + ".config")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".telemetry");

    @ArchTest
    static final ArchRule telemetryLibrariesStayInTelemetry =
            onlyIn("telemetry", "io.opentelemetry..", "io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule theOperatorSdkStaysInTheReconcilersAndTheirEventSources = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".*..")
            .and()
            .resideOutsideOfPackages(ROOT + ".config", ROOT + ".cluster", ROOT + ".telemetry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..", "io.quarkiverse..");

    @ArchTest
    static final ArchRule purePackagesDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + ".desired",
                    ROOT + ".consent",
                    ROOT + ".verdict",
                    ROOT + ".status",
                    ROOT + ".sharding",
                    ROOT + ".page.view",
                    ROOT + ".page.pack",
                    ROOT + ".page.vendor",
                    ROOT + ".plan")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.fabric8.kubernetes.client", "java.nio.file..", "java.util.concurrent..", "okhttp3..")
                    .or(DescribedPredicate.describe(
                            "clocks and loggers",
                            it -> Stream.of("java.time.Clock", "org.jboss.logging.Logger")
                                    .anyMatch(it.getName()::equals))));

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal().because("a restart must lose nothing but caches");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = classes()
            .should()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager");

    /** A package of ours may use these of our packages, the API types, and whatever libraries other rules leave it. */
    private static ArchRule mayImport(String own, String... others) {
        var allowed = Stream.concat(Stream.of(own), Arrays.stream(others))
                .map(it -> ROOT + "." + it)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> ours = resideInAnyPackage(ROOT + "..");
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + own)
                .should()
                .dependOnClassesThat(ours.and(DescribedPredicate.not(resideInAnyPackage(allowed))));
    }

    private static ArchRule onlyIn(String own, String... libraries) {
        return onlyIn(Set.of(own), libraries);
    }

    private static ArchRule onlyIn(Set<String> own, String... libraries) {
        var elsewhere =
                resideOutsideOfPackages(own.stream().map(it -> ROOT + "." + it).toArray(String[]::new));
        var packages = Arrays.stream(libraries).filter(it -> it.endsWith("..")).toArray(String[]::new);
        return noClasses()
                .that(elsewhere)
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages)
                        .or(DescribedPredicate.describe(
                                "one of " + Arrays.toString(libraries),
                                it -> Arrays.asList(libraries).contains(it.getName()))));
    }
}
