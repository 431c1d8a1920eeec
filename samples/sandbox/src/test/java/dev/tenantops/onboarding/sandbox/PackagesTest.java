package dev.tenantops.onboarding.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code samples/sandbox/README.md} says of the packages. */
class PackagesTest {

    private static final String ROOT = Sandbox.class.getPackageName();
    private static final List<String> PROGRAMS = List.of("demo", "smoke", "replicas", "rights", "chaos", "bench");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void noPackageLeadsBackToItself() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void noneOfThePackagesInAPackageLeadsBackToItself() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void whatIsSimulatedKnowsNoProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages())
                .check(classes);
    }

    @Test
    void everyPackageIsInTheReadme() {
        String readme = LocalFiles.read(Samples.repository().resolve("samples/sandbox/README.md"));
        assertThat(classes.getPackage(ROOT).getSubpackagesInTree())
                .extracting(it -> it.getName().substring(ROOT.length() + 1))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(readme).containsPattern("\n\\| (`[a-z.]+`, )?`" + it + "`[, ][^\n]*\\|"));
    }

    private static String[] packages() {
        return PROGRAMS.stream().map(it -> ROOT + "." + it + "..").toArray(String[]::new);
    }
}
