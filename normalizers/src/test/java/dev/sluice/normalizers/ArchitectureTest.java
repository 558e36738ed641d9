package dev.sluice.normalizers;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;

@AnalyzeClasses(packages = "dev.sluice.normalizers", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule RESTS_ON_REACTOR_CORE_AND_JACKSON_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.normalizers..",
                    "java..",
                    "javax.crypto..",
                    "reactor.core..",
                    "org.reactivestreams..",
                    "tools.jackson..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule READS_NO_CLOCK = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callConstructor(Date.class)
            .orShould()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("now"))
                    .and(JavaCall.Predicates.target(
                            HasOwner.Predicates.With.owner(resideInAnyPackage("java.time..")))));

    @ArchTest
    static final ArchRule ASKS_NOBODY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "java.net.http..", "java.nio.file..", "java.lang.management..");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("dev.sluice.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PROVIDERS_DO_NOT_KNOW_EACH_OTHER = slices().matching("dev.sluice.normalizers.(*)..")
            .as("provider packages")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAnyPackage("..api", "..body", "..item", "..sample", "..signature"));
}
