package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.network.RawConnection;
import dev.sluice.gateway.rig.network.RawConnection.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that break off, or are no HTTP from the beginning: refused with the reason, and no news for the log. */
@ExtendWith(OutputCaptureExtension.class)
final class BrokenRequestsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] PUSH =
            "{\"ref\":\"refs/heads/main\",\"after\":\"abc\",\"repository\":{\"id\":1}}".getBytes(UTF_8);
    private static final String CHUNK = Integer.toHexString(PUSH.length) + "\r\n" + new String(PUSH, UTF_8) + "\r\n";

    @TempDir
    private static Path directory;

    private static IngestRig rig;
    private long before;

    @BeforeAll
    static void start() {
        rig = new IngestRig(directory);
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
    void nothingIsHeldAndNothingLogged(CapturedOutput output) {
        await().atMost(PATIENCE).until(() -> rig.held() == 0);
        assertThat(output).doesNotContain("WARN ", "ERROR ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Y: 1", "X-Y: \u0001", "Content-Length: 5\r\nContent-Length: 6", "Content-Length: -1"})
    void saysThatAHeadCannotBeRead(String header) {
        assertRefused(request("x", header) + "12345", 400, "request: its head cannot be read");
    }

    @Test
    void saysWhatIsTooLong() {
        // Not by much: where something is left unread, the connection's end may overtake the answer.
        assertRefused(request("x", "X-Long: " + "a".repeat(8_150)), 431, "headers: too long");
        assertRefused(request("x", "X-Short: a\r\n".repeat(810) + "X: y"), 431, "headers: too long");
        assertRefused("GET /" + "a".repeat(4_200), 414, "request line: too long");
    }

    /** What has come by then is a webhook by itself, and its signature is right. */
    @Test
    void storesNoBodyWhoseChunksBreakOff() {
        String request = request("broken-off", "Transfer-Encoding: chunked") + CHUNK;

        assertRefused(request + "no length\r\n", 400, "body: its chunks cannot be read");

        assertStored(0);
        try (RawConnection whole = new RawConnection(rig.port())) {
            assertThat(whole.send(bytes(request + "0\r\n\r\n")).answer().status())
                    .isEqualTo(200);
        }
        assertStored(1);
    }

    @Test
    void answersFirstWhatCameFirst() {
        try (RawConnection connection = new RawConnection(rig.port())) {
            String whole = request("first", "Content-Length: " + PUSH.length) + new String(PUSH, UTF_8);
            connection.send(bytes(whole + request("second", "X-Y: \u0001")));

            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.answer().status()).isEqualTo(400);
            assertThat(connection.ends()).isTrue();
        }
        assertStored(1);
    }

    @Test
    void leavesNothingBehindWhenSendersHangUp() throws Exception {
        byte[] head = ("POST /elements/api-v2/events/github/" + rig.encodedId() + " HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 50000\r\n\r\n{\"half\":")
                .getBytes(UTF_8);
        for (int i = 0; i < 50; i++) {
            try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
                gone.getOutputStream().write(head);
            }
        }
        await().atMost(PATIENCE).until(() -> rig.counted("hung-up") > 0);
        CompletableFuture<?>[] midway = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.runAsync(() -> hangUpAfterSending("midway-" + i)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(midway).join();

        await().atMost(PATIENCE).until(() -> rig.held() == 0);
        assertThat(rig.send(rig.push("after", PUSH)).statusCode()).isEqualTo(200);
        assertThat(rig.counted("500")).as("no fault of ours, and no alarm").isZero();
    }

    @Test
    void neitherLosesNorKeepsOpenWhatWasBeingCommittedWhenItsSenderHungUp() throws Exception {
        int senders = 20;
        List<Socket> sockets = new ArrayList<>();
        AutoCloseable held = rig.storeNothing();
        try {
            for (int i = 0; i < senders; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
                sockets.add(socket);
                write(socket, "gone-" + i);
            }
            await().atMost(PATIENCE).until(() -> rig.held() > 0 && rig.waitingForLocks() > 0);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
            held.close();
        }

        await().atMost(PATIENCE).until(() -> rig.held() == 0);
        await().atMost(PATIENCE).until(() -> rig.openTransactions() == 0);
        for (int i = 0; i < senders; i++) {
            assertThat(rig.send(rig.push("gone-" + i, PUSH)).statusCode()).isEqualTo(200);
        }
        assertStored(senders);
    }

    private static void hangUpAfterSending(String delivery) {
        try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            write(gone, delivery);
        } catch (IOException closed) {
            // Hanging up is the point.
        }
    }

    private static void write(Socket socket, String delivery) throws IOException {
        String head = request(delivery, "Content-Length: " + PUSH.length);
        socket.getOutputStream().write(bytes(head + new String(PUSH, UTF_8)));
    }

    private static void assertRefused(String request, int status, String what) {
        try (RawConnection connection = new RawConnection(rig.port())) {
            Answer answer = connection.send(bytes(request)).answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.body()).contains("requestId", what, "(expected: ");
            assertThat(answer.closes() && connection.ends()).isTrue();
        }
    }

    private static String request(String delivery, String headers) {
        return "POST /elements/api-v2/events/github/" + rig.encodedId() + " HTTP/1.1\r\nHost: x\r\n"
                + "Content-Type: application/json\r\nX-GitHub-Event: push\r\nX-GitHub-Delivery: " + delivery
                + "\r\nX-Hub-Signature-256: " + IngestRig.signature(PUSH) + "\r\n" + headers + "\r\n\r\n";
    }

    private static byte[] bytes(String request) {
        return request.getBytes(ISO_8859_1);
    }

    private void assertStored(int more) {
        assertThat(rig.stored() - before).isEqualTo(more);
    }
}
