package dev.sluice.normalizers.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.MalformedBodyException;
import dev.sluice.normalizers.body.FormFields.Field;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormBodyTest {

    @Test
    void decodesNamesAndValues() {
        assertThat(form("a=1&b+c=%C3%AB%2B&&d&e=&=f=g").fields().all())
                .containsExactly(
                        new Field("a", "1"),
                        new Field("b c", "ë+"),
                        new Field("d", ""),
                        new Field("e", ""),
                        new Field("", "f=g"));
    }

    @Test
    void decodesOneFieldToBytes() {
        assertThat(form("x=1&payload=%7B%22a%22%3A+1%7D&y=2").single("payload"))
                .asString()
                .isEqualTo("{\"a\": 1}");
    }

    @ParameterizedTest
    @CsvSource({
        "x=1, form field payload: missing (expected: once)",
        "payload=1&payload=2, form field payload: given twice (expected: once)",
        "payload=%4, 'body: unfinished escape at line 1, column 9 (expected: % and two hexadecimal digits)'",
        "payload=%zz, 'body: unfinished escape at line 1, column 9 (expected: % and two hexadecimal digits)'",
    })
    void saysWhatIsWrongWithTheField(String body, String message) {
        assertThatThrownBy(() -> form(body).single("payload"))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage(message);
    }

    @Test
    void refusesBodiesThatAreNoForm() {
        assertThatThrownBy(() -> form("").fields()).hasMessage("body: empty (expected: form fields)");
        assertThatThrownBy(() -> form("a=%FF").fields())
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith("form, decoded: invalid UTF-8 at line 1, column 3");
        assertThatThrownBy(() -> form("a&".repeat(5_001)).fields())
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith("body: form of more than 5000 fields");
    }

    private static FormBody form(String body) {
        return FormBody.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
