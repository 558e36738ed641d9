package dev.sluice.normalizers.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.MalformedBodyException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonReaderTest {
    private static final Shape SHAPE = Shape.of("id", "name", "on", "at")
            .with("deep", Shape.of("id").with("deeper", Shape.of("id")))
            .withList("pages", Shape.of("sha"));

    @Test
    void keepsWhatTheShapeNames() {
        Outline outline = read("""
                {"id": 12345678901234567890, "name": "Zo\\u00eb", "on": true, "at": 1557933565, "other": [1, {"id": 2}],
                 "deep": {"id": 1.50, "skipped": {"id": 3}, "deeper": {"id": "x"}}, "pages": [{"sha": "a"}, 7, {"sha": "b"}]}
                """);

        assertThat(outline.text("id")).isEqualTo("12345678901234567890");
        assertThat(outline.text("name")).isEqualTo("Zoë");
        assertThat(outline.isTrue("on")).isTrue();
        assertThat(outline.instant("at")).isEqualTo("2019-05-15T15:19:25Z");
        assertThat(outline.text("deep", "id")).isEqualTo("1.50");
        assertThat(outline.at(List.of("deep", "deeper")))
                .extracting(o -> o.text("id"))
                .isEqualTo("x");
        assertThat(outline.list("pages")).extracting(page -> page.text("sha")).containsExactly("a", null, "b");
        assertThat(outline.names()).containsExactly("id", "name", "on", "at", "deep", "pages");
    }

    @Test
    void keepsObjectsOfAnyNameWhereTheShapeSaysSo() {
        Shape shape = Shape.of("id").withOtherObjects(Shape.of("id"));

        Outline outline = JsonReader.readObject(bytes("{\"a\":{\"id\":1},\"b\":2,\"c\":[{}],\"id\":3}"), shape, "body");

        assertThat(outline.names()).containsExactly("a", "id");
    }

    @Test
    void takesTheLastOfDuplicateFields() {
        Outline outline = read("{\"id\":1,\"id\":2,\"name\":\"x\",\"name\":null}");

        assertThat(outline.text("id")).isEqualTo("2");
        assertThat(outline.text("name")).isNull();
    }

    @Test
    void treatsBlankTextAsAbsent() {
        assertThat(read("{\"id\":\" \"}").text("id")).isNull();
    }

    @Test
    void cutsLongTextsWithoutSplittingACharacter() {
        String emoji = "\uD83D\uDE00";
        Outline outline = read("{\"name\":\"x" + emoji.repeat(600) + "\"}");

        assertThat(outline.text("name")).isEqualTo("x%s", emoji.repeat(499));
    }

    @Test
    void replacesWhatCannotBeStoredOrSent() {
        assertThat(read("{\"name\":\"a\\u0000b\\ud800c\\ud83d\\ude00\"}").text("name"))
                .isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00");
    }

    @Test
    void cutsTextsAndNumbersOfMegabytesTheSame() {
        String json = "{\"name\":\"" + "a".repeat(2_000_000) + "\",\"id\":" + "7".repeat(2_000_000) + ",\"on\":true}";

        Outline outline = read(json);

        assertThat(outline.text("name")).isEqualTo("a".repeat(1_000));
        assertThat(outline.text("id")).isEqualTo("7".repeat(1_000));
        assertThat(outline.isTrue("on")).isTrue();
    }

    @Test
    void keepsShortTextsOfLargeBodies() {
        String json = "{\"pad\":\"" + "a".repeat(100_000) + "\",\"name\":\"say \\\"hi\\\"\",\"id\":42}";

        assertThat(read(json).text("name")).isEqualTo("say \"hi\"");
        assertThat(read(json).text("id")).isEqualTo("42");
    }

    @Test
    void readsABatchElementByElement() {
        List<Outline> batch =
                JsonReader.readBatch(bytes("[{\"id\":1},null,\"x\",[{\"id\":9}],{\"id\":2}]"), SHAPE, "body");

        assertThat(batch).extracting(o -> o.text("id")).containsExactly("1", null, null, null, "2");
        assertThat(JsonReader.readBatch(bytes("{\"id\":1}"), SHAPE, "body")).hasSize(1);
        assertThat(JsonReader.readBatch(bytes("[]"), SHAPE, "body")).isEmpty();
    }

    @Test
    void refusesABatchBeyondTheLimit() {
        byte[] batch = bytes("[" + "0,".repeat(JsonReader.ELEMENTS_MAX) + "0]");

        assertThatThrownBy(() -> JsonReader.readBatch(batch, SHAPE, "body"))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage("body: array of more than 10000 elements (expected: at most that many)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|body: empty (expected: JSON)",
                "`  `|body: only blanks (expected: JSON)",
                "[]|body: found an array at line 1, column 1 (expected: a JSON object)",
                "` 5`|body: found a number at line 1, column 2 (expected: a JSON object)",
                "null|body: found null at line 1, column 1 (expected: a JSON object)",
                "{} {}|body: found more at line 1, column 4 (expected: the end after one JSON value)",
            })
    void saysWhatWasFoundInsteadOfAnObject(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1|line 1, column 7",
                "`{\n  \"a\" 1}`|line 2, column 7",
                "{\"a\":secret}|line 1, column 6",
                "{\"a\":01}|line 1, column 7",
                "{\"a\":\"x|line 1, column 8",
                "{\"a\":\"\\q\"}|line 1, column 8",
                "{} trailing|line 1, column 4",
                "`{\"a\":\"x\ny\"}`|line 1, column 8",
                "{'a':1}|line 1, column 2",
                "[1 2]|line 1, column 4",
                "{\"a\":NaN}|line 1, column 9",
            })
    void saysWhereTheBodyStopsBeingJsonWithoutQuotingIt(String json, String place) {
        assertThatThrownBy(() -> JsonReader.readBatch(bytes(json), SHAPE, "body"))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith("body: not JSON at %s", place)
                .hasMessageNotContainingAny("secret", "Source", "jackson", "trailing", "Feature");
    }

    @Test
    void refusesNestingBeyondTheLimitAtAnyPlace() {
        for (String field : List.of("deep", "other")) {
            String json = "{\"" + field + "\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
            assertThatThrownBy(() -> read(json))
                    .isInstanceOf(MalformedBodyException.class)
                    .hasMessageMatching("body: nested too deeply or a name too long, at line 1, column \\d+ .*");
        }
        assertThat(read("{\"id\":1,\"other\":" + "[".repeat(400) + "]".repeat(400) + "}")
                        .text("id"))
                .isEqualTo("1");
    }

    @Test
    void refusesWhatIsNotUtf8WhereverItStands() {
        for (byte[] bad : List.of(
                new byte[] {(byte) 0xff},
                new byte[] {(byte) 0xc0, (byte) 0x80},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xe2, (byte) 0x82},
                new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80})) {
            byte[] json = bytes("{\n\"other\":\"" + "x".repeat(bad.length) + "\"}");
            System.arraycopy(bad, 0, json, 11, bad.length);
            assertThatThrownBy(() -> JsonReader.readObject(json, SHAPE, "body"))
                    .isInstanceOf(MalformedBodyException.class)
                    .hasMessageStartingWith("body: invalid UTF-8 at line 2, column 10: found byte 0x");
        }
    }

    @Test
    void refusesOtherEncodingsAndByteOrderMarks() {
        for (byte[] json : List.of(
                "{\"id\":1}".getBytes(StandardCharsets.UTF_16BE),
                "{\"id\":1}".getBytes(StandardCharsets.UTF_16LE),
                bytes("\uFEFF{\"id\":1}"))) {
            assertThatThrownBy(() -> JsonReader.readObject(json, SHAPE, "body"))
                    .isInstanceOf(MalformedBodyException.class);
        }
    }

    @Test
    void acceptsAllOfUnicode() {
        assertThat(read("{\"name\":\"aé€\uD83D\uDE00\"}").text("name")).isEqualTo("aé€\uD83D\uDE00");
    }

    private static Outline read(String json) {
        return JsonReader.readObject(bytes(json), SHAPE, "body");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
