package dev.sluice.gateway.delivery.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.eventlog.Body;
import org.junit.jupiter.api.Test;

class ContentsTest {
    private static final String JSON = "application/json";
    private final Contents contents = new Contents(Elements.all());

    @Test
    void leavesJsonAsTheVeryBytesReceived() {
        Body body = body(" {\"a\": 1.50}\n");

        assertThat(contents.raw("github", JSON, body, true)).isSameAs(body);
        assertThat(contents.raw("github", JSON, body, false)).isSameAs(body);
    }

    @Test
    void takesTheObjectOutOfAForm() {
        Body raw =
                contents.raw("github", "application/x-www-form-urlencoded", body("payload=%7B%22a%22%3A%201%7D"), true);

        assertThat(text(raw)).isEqualTo("{\"a\": 1}");
    }

    @Test
    void isNullForAnEmptyBody() {
        assertThat(text(contents.raw("github", JSON, body(""), true))).isEqualTo("null");
    }

    @Test
    void isAStringWhenTheBodyIsNoJson() {
        assertThat(text(contents.raw("github", JSON, body("{\"a\": \"ü"), false)))
                .isEqualTo("\"{\\\"a\\\": \\\"\\u00FC\"");
        assertThat(text(contents.raw("github", JSON, body("{} {}"), false))).isEqualTo("\"{} {}\"");
    }

    @Test
    void survivesAnElementThatIsNoLongerKnown() {
        assertThat(text(contents.raw("gone", JSON, body("[1]"), true))).isEqualTo("[1]");
        assertThat(text(contents.raw("gone", JSON, body("a=b"), true))).isEqualTo("\"a=b\"");
    }

    private static Body body(String text) {
        return new Body(text.getBytes(UTF_8));
    }

    private static String text(Body body) {
        return new String(body.bytes(), UTF_8);
    }
}
