package dev.sluice.gateway.contract;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schemas of the document, by the rules of OpenAPI 3.1. */
final class Schemas {
    private static final String DOCUMENT = "https://sluice.invalid/openapi.json";

    private final SchemaRegistry registry;

    Schemas(JsonNode document) {
        String json = JsonMapper.shared().writeValueAsString(document);
        registry = SchemaRegistry.withDialect(
                Dialects.getOpenApi31(),
                builder -> builder.schemas(Map.of(DOCUMENT, json))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** What is wrong with a value that should be as that schema says. */
    List<String> problems(Part schema, JsonNode value) {
        return problems(registry, DOCUMENT + "#" + schema.pointer(), value).toList();
    }

    private static Stream<String> problems(SchemaRegistry registry, String location, JsonNode value) {
        return registry.getSchema(SchemaLocation.of(location)).validate(value).stream()
                .map(Error::toString);
    }
}
