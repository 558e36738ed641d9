package dev.sluice.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;

final class DemoHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String BODY = """
            {"message":{"elementKey":"github","raw":{},"events":[
              {"objectType":"push","eventType":"UPDATED","objectId":"4ab8"}]}}""";

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final DemoHandler handler =
            new DemoHandler(Clock.fixed(NOW, ZoneOffset.UTC), new PrintStream(terminal, true, StandardCharsets.UTF_8));
    private final WebTestClient client = WebTestClient.bindToRouterFunction(RouterFunctions.route()
                    .POST("/demo/callback", handler::receive)
                    .GET("/demo/callback", handler::list)
                    .build())
            .build();

    @Test
    void saysThatBothSignaturesVerify() throws Exception {
        post(BODY, BODY);
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains("notification msg-1: github push UPDATED 4ab8")
                .contains("Elements-Webhook-Signature verified", "webhook-signature verified")
                .doesNotContain("NOT");
    }

    @Test
    void saysThatNoSignatureVerifiesWhenTheBodyWasChanged() throws Exception {
        post(BODY, BODY.replace("4ab8", "4ab9"));
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains("Elements-Webhook-Signature NOT verified", "webhook-signature NOT verified");
    }

    @Test
    void keepsControlCharactersOffTheTerminal() throws Exception {
        String hostile = BODY.replace("4ab8", "\\u001b[2J\\n");
        post(hostile, hostile);
        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .contains("push UPDATED ?[2J?")
                .hasLineCount(1);
    }

    @Test
    void showsNoMoreThanTheLastTwenty() throws Exception {
        for (int count = 0; count < 21; count++) {
            post(BODY, BODY);
        }
        client.get()
                .uri("/demo/callback")
                .exchange()
                .expectBody()
                .jsonPath("$.length()")
                .isEqualTo(20)
                .jsonPath("$[0].id")
                .isEqualTo("msg-1");
    }

    private void post(String signed, String sent) throws Exception {
        String elements = Base64.getEncoder()
                .encodeToString(DemoKeys.elementsMac().doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        client.post()
                .uri("/demo/callback")
                .header("webhook-id", "msg-1")
                .header("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
                .header(
                        "webhook-signature",
                        new Webhook(DemoKeys.NOTIFICATION).sign("msg-1", NOW.getEpochSecond(), signed))
                .header("Elements-Webhook-Signature", "sha256=" + elements)
                .bodyValue(sent)
                .exchange()
                .expectStatus()
                .isOk();
    }
}
