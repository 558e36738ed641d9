package dev.sluice.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import reactor.core.publisher.Mono;

@AnalyzeClasses(packages = "dev.sluice", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule ONLY_PERSISTENCE_KNOWS_SQL = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.gateway..", "dev.sluice.normalizers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc..", "org.springframework.r2dbc..", "java.sql..", "org.flywaydb..");

    @ArchTest
    static final ArchRule NO_MODULE_BUT_NORMALIZERS_NAMES_A_PROVIDER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.normalizers..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.normalizers.github..",
                    "dev.sluice.normalizers.box..",
                    "dev.sluice.normalizers.hootsuite..",
                    "dev.sluice.normalizers.greenhouse..",
                    "dev.sluice.normalizers.mailchimp..");

    @ArchTest
    static final ArchRule PACKAGES_STAND_IN_AN_ORDER =
            slices().matching("dev.sluice.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_LIFE_CYCLE_BLOCKS = noClasses()
            .that()
            .resideInAPackage("dev.sluice.gateway..")
            .and()
            .resideOutsideOfPackage("dev.sluice.gateway.lifecycle..")
            .should()
            .callMethod(Mono.class, "block")
            .orShould()
            .callMethod(Mono.class, "block", Duration.class);
}
