package dev.sluice.gateway.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;

@AnalyzeClasses(packages = "dev.sluice.gateway", importOptions = OnlyIncludeTests.class)
final class ClientsTest {

    @ArchTest
    static final ArchRule TESTS_CALL_THE_GATEWAY_BY_CLIENTS_THAT_ARE_HELD_AGAINST_THE_DOCUMENT = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.gateway.contract")
            .should()
            .callMethod(WebTestClient.class, "bindToServer")
            .orShould()
            .callMethod(WebTestClient.class, "bindToServer", ClientHttpConnector.class);
}
