package dev.sluice.gateway.delivery.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackHeadersTest {
    @Test
    void readsAJsonObject() {
        assertThat(CallbackHeaders.parse(" {\"X-One\": \"1: a\", \"X-Two\": 2, \"X-Yes\": true}"))
                .containsExactly(entry("X-One", "1: a"), entry("X-Two", "2"), entry("X-Yes", "true"));
    }

    @Test
    void readsLines() {
        assertThat(CallbackHeaders.parse("X-One: 1: a\r\n\n  Authorization:Bearer x\n"))
                .containsExactly(entry("X-One", "1: a"), entry("Authorization", "Bearer x"));
    }

    @Test
    void isEmptyForABlankText() {
        assertThat(CallbackHeaders.parse("  \n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"X-One\": ",
                "{\"X-One\": {}}",
                "{\"X-One\": null}",
                "{\"X-One\": \"a\\r\\nX-Two: b\"}",
                "{\"X-One\": \"a\\u0000\"}",
                "{\"X One\": \"a\"}",
                "{\"\": \"a\"}",
                "no colon",
                ": nameless",
                "Host: elsewhere",
                "content-length: 0",
                "Transfer-Encoding: chunked",
                "Proxy-Authorization: x",
                "Elements-Webhook-Signature: x",
                "Webhook-Id: x",
                "X-One: \u20ac"
            })
    void refusesWhatIsNoHeaderOrNotTheirs(String text) {
        assertThatThrownBy(() -> CallbackHeaders.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("event.notification.callback.headers: ")
                .hasMessageContaining("expected: ");
    }
}
