package dev.sluice.normalizers.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1&b=|{\"a\":\"1\",\"b\":\"\"}",
                "d[x]=1&d[y][z]=2|{\"d\":{\"x\":\"1\",\"y\":{\"z\":\"2\"}}}",
                "d%5Bx%5D=1|{\"d\":{\"x\":\"1\"}}",
                "g[0][n]=a&g[1][n]=b|{\"g\":[{\"n\":\"a\"},{\"n\":\"b\"}]}",
                "g[0]=a&g[2]=b|{\"g\":{\"0\":\"a\",\"2\":\"b\"}}",
                "a=1&a=2&a=3|{\"a\":[\"1\",\"2\",\"3\"]}",
                "a[]=1&a[]=2|{\"a\":{\"\":[\"1\",\"2\"]}}",
                "a=1&a[b]=2|{\"a\":\"1\",\"a[b]\":\"2\"}",
                "a[b][c]=1&a[b]=2|{\"a\":{\"b\":{\"c\":\"1\"}},\"a[b]\":\"2\"}",
                "[x]=1&a[=2&a]b[=3&a[b]c=4|{\"[x]\":\"1\",\"a[\":\"2\",\"a]b[\":\"3\",\"a[b]c\":\"4\"}",
                "a[b[c]]=1|{\"a[b[c]]\":\"1\"}",
            })
    void expandsBracketsAndLosesNoField(String form, String json) {
        assertThat(FormJson.nested(
                        FormBody.of(form.getBytes(StandardCharsets.UTF_8)).fields()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(json);
    }
}
