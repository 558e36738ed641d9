package dev.sluice.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    static final ArchRule NO_MODULE_BUT_NORMALIZERS_KNOWS_A_PROVIDER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.normalizers..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.sluice.normalizers..")
                    .and(resideOutsideOfPackages(
                            "dev.sluice.normalizers",
                            "dev.sluice.normalizers.api",
                            "dev.sluice.normalizers.body",
                            "dev.sluice.normalizers.item",
                            "dev.sluice.normalizers.owner",
                            "dev.sluice.normalizers.signature")));

    /**
     * Machines' clocks differ by minutes. Whatever nodes agree on by time, and whatever they sign or prove, is by the database's
     * clock, so such differences change nothing.
     */
    @ArchTest
    static final ArchRule WHAT_NODES_AGREE_ON_READS_NO_CLOCK_OF_ITS_MACHINE = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.sluice.persistence..",
                    "dev.sluice.normalizers..",
                    "dev.sluice.gateway.delivery..",
                    "dev.sluice.gateway.ingest..",
                    "dev.sluice.gateway.notice..",
                    "dev.sluice.gateway.oauth..",
                    "dev.sluice.gateway.redelivery..",
                    "dev.sluice.gateway.registration..")
            .and()
            .resideOutsideOfPackage("dev.sluice.persistence.notification..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("their clocks may differ by minutes");

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
