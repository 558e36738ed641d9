package dev.sluice.normalizers.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonBatchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "[1,2,3]; 1; [2]",
                "[{\"a\":[1,2]},{\"b\":{\"c\":\",]\"}}]; 1; [{\"b\":{\"c\":\",]\"}}]",
                "[{\"a\":\"\\\\\"},{\"b\":\"\\\"},{\"}]; 1; [{\"b\":\"\\\"},{\"}]",
                "[[1,[2]],\"é,\",null]; 0; [[1,[2]]]",
                "[[1,[2]],\"é,\",null]; 1; [\"é,\"]",
                "[[1,[2]],\"é,\",null]; 2; [null]",
                "[1,2]; 5; []",
            })
    void keepsAnElementAsItStands(String json, int wanted, String expected) {
        assertThat(JsonBatch.only(json.getBytes(UTF_8), index -> index == wanted))
                .isEqualTo(expected.getBytes(UTF_8));
    }

    @Test
    void keepsSeveralAndTheBlanksInThem() {
        byte[] json = " [ {\"a\": 1} ,2,\n{\"b\":2} ] ".getBytes(UTF_8);

        assertThat(JsonBatch.only(json, index -> index != 1)).asString(UTF_8).isEqualTo("[ {\"a\": 1} ,\n{\"b\":2} ]");
        assertThat(JsonBatch.only("[]".getBytes(UTF_8), index -> false))
                .asString(UTF_8)
                .isEqualTo("[]");
    }
}
