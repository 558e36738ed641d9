package dev.sluice.persistence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.sluice.persistence", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NEITHER_GATEWAY_NOR_PROVIDERS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.gateway..", "dev.sluice.normalizers..", "org.springframework.boot..");

    @ArchTest
    static final ArchRule PACKAGES_STAND_IN_AN_ORDER =
            slices().matching("dev.sluice.persistence.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_START_BLOCKS = noClasses()
            .that()
            .resideOutsideOfPackages("..connection..", "..embedded..")
            .should()
            .callMethod(reactor.core.publisher.Mono.class, "block")
            .orShould()
            .callMethod(reactor.core.publisher.Mono.class, "block", java.time.Duration.class);
}
