package dev.sluice.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class OpenApiDocumentTest {
    private static final String OFFICIAL = "https://spec.openapis.org/oas/";

    private final ApiDocument document = ApiDocument.load();
    private final JsonNode root = document.whole().root();
    private final Schemas schemas = new Schemas(root);

    @Test
    void isValidOpenApi31() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(resolvers -> resolvers.mapPrefix(OFFICIAL, "classpath:openapi/")));
        Schema official = registry.getSchema(SchemaLocation.of(OFFICIAL + "3.1/schema-base/2025-09-15"));

        assertThat(official.validate(root).stream().map(Error::toString)).isEmpty();
        for (String place : List.of("/info", "/paths/~1instances/get", "/components/schemas/Error")) {
            JsonNode broken = root.deepCopy();
            ((ObjectNode) broken.at(place)).put("description", 1);
            assertThat(official.validate(broken)).as(place).isNotEmpty();
        }
    }

    @Test
    void hasExamplesThatFitTheirSchemas() {
        List<Example> examples = everyPart(JsonPointer.empty(), root)
                .flatMap(OpenApiDocumentTest::examples)
                .toList();

        assertThat(examples.stream().flatMap(example -> problems(example).stream()))
                .isEmpty();
        assertThat(examples).hasSizeGreaterThan(60);
    }

    private List<String> problems(Example example) {
        return schemas.problems(example.schema(), example.value().node()).stream()
                .map(problem -> example.value().pointer() + ": " + problem)
                .toList();
    }

    /** An example of what a schema describes. */
    private record Example(Part schema, Part value) {}

    /** Those of a media type, parameter or header, and those of a schema itself. */
    private static Stream<Example> examples(Part part) {
        if (part.node().path("examples").isArray()) {
            return part.list("examples").stream().map(value -> new Example(part, value));
        }
        return part.child("schema")
                .map(schema -> named(part).map(value -> new Example(schema, value)))
                .orElseGet(Stream::empty);
    }

    private static Stream<Part> named(Part part) {
        return Stream.concat(
                part.child("example").stream(),
                part.child("examples").stream()
                        .flatMap(examples -> examples.names().stream()
                                .map(name -> examples.get(name).get("value"))));
    }

    @Test
    void hasAnExampleForEachRequestBodyAndEachKindOfAnswer() {
        assertThat(document.operations().stream()
                        .flatMap(operation -> Stream.concat(
                                operation.requestBody().stream(),
                                operation.part().get("responses").names().stream()
                                        .map(status -> operation
                                                .part()
                                                .get("responses")
                                                .get(status))))
                        .flatMap(described -> described.child("content").stream())
                        .flatMap(content -> content.child("application/json").stream())
                        .filter(json -> named(json).findAny().isEmpty())
                        .map(json -> json.get("schema"))
                        .map(schema -> schema.child("items").orElse(schema))
                        .filter(schema -> examples(schema).findAny().isEmpty())
                        .map(schema -> schema.pointer().toString()))
                .isEmpty();
    }

    @Test
    void namesEachOperationOnceAndUnderAKnownHeading() {
        Set<String> headings = document.whole().list("tags").stream()
                .map(tag -> tag.text("name"))
                .collect(Collectors.toSet());
        assertThat(document.operations())
                .extracting(operation -> operation.part().text("operationId"))
                .doesNotContain("")
                .doesNotHaveDuplicates();
        assertThat(document.operations()).allSatisfy(operation -> {
            assertThat(operation.part().text("summary")).isNotEmpty();
            assertThat(operation.part().get("tags").node())
                    .hasSize(1)
                    .allSatisfy(tag -> assertThat(headings).contains(tag.asString()));
        });
    }

    @Test
    void describesNothingThatNobodyRefersTo() {
        String text = root.toString();
        List<String> unused = new ArrayList<>();
        Part components = document.whole().get("components");
        components.names().stream()
                .filter(kind -> !kind.equals("securitySchemes"))
                .forEach(kind -> components.get(kind).names().stream()
                        .map(name -> "#/components/" + kind + "/" + name)
                        .filter(reference -> !text.contains("\"" + reference + "\""))
                        .forEach(unused::add));
        assertThat(unused).isEmpty();
    }

    private Stream<Part> everyPart(JsonPointer pointer, JsonNode node) {
        Part here = new Part(root, pointer);
        if (node.isObject()) {
            return Stream.concat(
                    Stream.of(here),
                    node.properties().stream()
                            .filter(each -> !each.getKey().equals("example")
                                    && !each.getKey().equals("value"))
                            .flatMap(each -> everyPart(pointer.appendProperty(each.getKey()), each.getValue())));
        }
        return node.isArray()
                ? IntStream.range(0, node.size())
                        .boxed()
                        .flatMap(index -> everyPart(pointer.appendIndex(index), node.get(index)))
                : Stream.empty();
    }
}
