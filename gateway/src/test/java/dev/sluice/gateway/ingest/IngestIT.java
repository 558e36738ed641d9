package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] PUSH = """
            {"ref":"refs/heads/main","before":"6113728f27ae82c7b1a177c8d03f9e96e0adf246",
             "after":"59b20b8d5c6ff8d09518216e87bf3d4e3d2f2b5a","repository":{"id":1,"full_name":"acme/shop"},
             "sender":{"login":"ada","id":7}}""".getBytes(UTF_8);

    @TempDir
    private static Path directory;

    private static IngestRig rig;
    private long before;

    @BeforeAll
    static void start() {
        rig = new IngestRig(directory, "--sluice.ingest.max-body=64KB", "--sluice.ingest.body-timeout=1s");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @BeforeEach
    void count() {
        before = rig.stored();
    }

    @AfterEach
    void nothingIsHeld() {
        await().atMost(PATIENCE).until(() -> rig.held() == 0);
    }

    @Test
    void storesASignedPushAndAnswersNothing() throws Exception {
        HttpResponse<String> answer = rig.send(rig.push("d-1", PUSH));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertStored(1);
    }

    @Test
    void acknowledgesNothingBeforeItIsStored() throws Exception {
        List<CompletableFuture<Integer>> answers;
        AutoCloseable held = rig.storeNothing();
        try {
            answers = IntStream.range(0, 3)
                    .mapToObj(i -> rig.sendAsync(rig.push("held-" + i, PUSH)))
                    .toList();
            await().atMost(PATIENCE).until(() -> rig.waitingForLocks() > 0);

            // Whoever waits for the log too long may be sent away, to come again.
            assertThat(answers).noneMatch(answer -> answer.getNow(503) != 503);
            assertStored(0);
        } finally {
            held.close();
        }

        long acknowledged =
                answers.stream().filter(answer -> answer.join() == 200).count();
        assertThat(rig.stored() - before).isGreaterThanOrEqualTo(acknowledged);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.send(rig.push("held-" + i, PUSH)).statusCode()).isEqualTo(200);
        }
        assertStored(3);
    }

    @Test
    void answersARepeatLikeTheFirstAndStoresItOnce() throws Exception {
        assertThat(rig.send(rig.push("d-2", PUSH)).statusCode()).isEqualTo(200);
        assertThat(rig.send(rig.push("d-2", PUSH)).statusCode()).isEqualTo(200);

        assertStored(1);
    }

    @Test
    void takesAFormWithItsPayload() throws Exception {
        byte[] form = "payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%2C%22after%22%3A%22abc%22%7D".getBytes(UTF_8);

        HttpResponse<String> answer = rig.send(rig.request(form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", "d-form")
                .header("X-Hub-Signature-256", IngestRig.signature(form)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertStored(1);
    }

    @Test
    void answersAPingAndStoresNothing() throws Exception {
        byte[] ping = "{\"zen\":\"Keep it simple\",\"hook_id\":42,\"hook\":{\"id\":42}}".getBytes(UTF_8);

        HttpResponse<String> answer = rig.send(rig.push("d-ping", ping).setHeader("X-GitHub-Event", "ping"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertStored(0);
    }

    @Test
    void takesTheIdInEachOfItsSpellings() throws Exception {
        String unpadded = rig.encodedId().replace("=", "");
        for (String path : new String[] {"github/" + unpadded, "github/" + rig.encodedId() + "/"}) {
            HttpRequest.Builder request =
                    rig.push("d" + path, PUSH).uri(rig.to(path).build().uri());
            assertThat(rig.send(request).statusCode()).as(path).isEqualTo(200);
        }
        assertStored(2);
    }

    @Test
    void knowsNoOtherElement() throws Exception {
        assertRefused(
                rig.push("x", PUSH)
                        .uri(rig.to("gitlab/" + rig.encodedId()).build().uri()),
                404,
                "element");
        assertRefused(
                rig.push("x", PUSH).uri(rig.to("box/" + rig.encodedId()).build().uri()), 404, "");
    }

    @Test
    void takesNoOtherMethods() throws Exception {
        HttpResponse<String> answer =
                rig.send(rig.to("github/" + rig.encodedId()).method("PUT", BodyPublishers.ofByteArray(PUSH)));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET,POST");
        assertThat(answer.body()).contains("method: PUT (expected: GET or POST)");
    }

    @Test
    void knowsNoOtherInstance() throws Exception {
        for (String id : new String[] {"MQ==", "abc", "%21%21", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "LTE="}) {
            assertRefused(rig.push("x", PUSH).uri(rig.to("github/" + id).build().uri()), 404, "Webhook URL");
        }
    }

    @Test
    void refusesWhatItsKeyDoesNotProve() throws Exception {
        String good = IngestRig.signature(PUSH);
        for (String bad : new String[] {
            "sha256=" + "0".repeat(64), good.substring(0, 40), good.substring(7), "sha1=" + good.substring(7), ""
        }) {
            assertRefused(rig.push("x", PUSH).setHeader("X-Hub-Signature-256", bad), 401, "ignature");
        }
        assertRefused(
                rig.request(PUSH).header("Content-Type", "application/json").header("X-GitHub-Event", "push"),
                401,
                "ignature");
    }

    @Test
    void refusesASignatureThatStandsTwice() throws Exception {
        String good = IngestRig.signature(PUSH);
        assertRefused(rig.push("x", PUSH).header("X-Hub-Signature-256", good), 401, "ignature");
    }

    @Test
    void saysWhereABodyIsNotJson() throws Exception {
        assertRefused(signed("{\"ref\":\n \"main\" \"after\":1}"), 400, "line 2, column ");
        assertRefused(signed("{\"ref\":"), 400, "line 1, column ");
        assertRefused(signed("{} {}"), 400, "line 1, column ");
        assertRefused(signed(""), 400, "empty");
    }

    @Test
    void refusesMalformedUtf8AndBottomlessNesting() throws Exception {
        byte[] malformed = "{\"ref\":\"a-b\"}".getBytes(UTF_8);
        malformed[9] = (byte) 0xC3;
        assertRefused(rig.push("x", malformed), 400, "line 1");
        assertRefused(signed("[".repeat(10_000) + "]".repeat(10_000)), 400, "");
        assertRefused(signed("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), 400, "nest");
    }

    @Test
    void refusesAContentTypeThatGitHubDoesNotSend() throws Exception {
        assertRefused(rig.push("x", PUSH).setHeader("Content-Type", "text/xml"), 400, "ontent");
    }

    @Test
    void refusesABodyOverTheCapByItsHeaderAndByItsStream() throws Exception {
        byte[] large = new byte[65 * 1024];
        assertRefused(rig.push("x", large), 413, "at most 65536 bytes");
        HttpResponse<String> chunked =
                rig.send(rig.push("x", PUSH), BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertStored(0);
    }

    @Test
    void storesNoPartOfAChunkedBodyThatIsOverTheCap() throws Exception {
        byte[] whole = Arrays.copyOf(PUSH, 66 * 1024);
        Arrays.fill(whole, PUSH.length, whole.length, (byte) ' ');
        // What is within the cap would be a webhook by itself, and its signature is right.
        HttpResponse<String> chunked = rig.send(
                rig.push("truncated", Arrays.copyOf(whole, 64 * 1024)),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(whole)));

        assertThat(chunked.statusCode()).isEqualTo(413);
        assertStored(0);
        assertThat(rig.send(rig.push("truncated", Arrays.copyOf(whole, 64 * 1024)))
                        .statusCode())
                .as("and nothing is remembered of it")
                .isEqualTo(200);
        assertStored(1);
    }

    @Test
    void endsABodyThatDrips() throws Exception {
        try (Socket drip = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            drip.setSoTimeout((int) PATIENCE.toMillis());
            drip.getOutputStream()
                    .write(("POST /elements/api-v2/events/github/" + rig.encodedId() + " HTTP/1.1\r\nHost: x\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                            .getBytes(UTF_8));
            InputStream answer = drip.getInputStream();
            assertThat(new String(answer.readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 408");
        }
        assertStored(0);
    }

    private static HttpRequest.Builder signed(String body) {
        return rig.push("x", body.getBytes(UTF_8));
    }

    private void assertRefused(HttpRequest.Builder request, int status, String word)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = rig.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("requestId", "message", word).doesNotContain(IngestRig.KEY);
        assertStored(0);
    }

    private void assertStored(int more) {
        assertThat(rig.stored() - before).isEqualTo(more);
    }
}
