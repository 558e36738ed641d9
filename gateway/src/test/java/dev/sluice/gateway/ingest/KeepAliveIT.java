package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.network.RawConnection;
import dev.sluice.gateway.rig.network.RawConnection.Answer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes on a connection after a request that was refused, its body unread, is answered like anything else. */
final class KeepAliveIT extends OverHttp {
    private static final String EVENTS = "/elements/api-v2/events/";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CREDENTIALS = "Authorization: " + GatewayClient.AUTHORIZATION + "\r\n";
    private static final String KEY = Planted.secret("key");
    private static final int LARGE = 1_500_000;

    /** Longer than any webhook may be. */
    private static final int TOO_LARGE = 26_500_000;

    private static final int CHUNK = 50_000;
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static String webhook = "";
    private static int port;

    @BeforeAll
    static void provision() {
        URI url = URI.create(client.provision("greenhouse", callback, Map.of("event.vendor.signature.key", KEY))
                .webhookUrl());
        webhook = url.getPath();
        port = url.getPort();
    }

    /**
     * A request that is refused.
     *
     * @param head method and path
     */
    record Refused(String head, String headers, int bodyBytes, int status) {
        byte[] bytes(boolean chunked) {
            return KeepAliveIT.request(head, headers, new byte[bodyBytes], chunked);
        }

        @Override
        public String toString() {
            return status + " " + head.replaceAll("/[\\w=]{12,}", "/…") + ", " + bodyBytes + " bytes";
        }
    }

    static List<Refused> refused() {
        List<Refused> all = new ArrayList<>();
        for (int size : new int[] {0, 80, LARGE}) {
            all.add(new Refused("POST " + EVENTS + "gitlab/MTIz", JSON, size, 404));
            all.add(new Refused("POST " + EVENTS + "github/MTIz", JSON, size, 404));
            all.add(new Refused("POST " + EVENTS + "gitlab", JSON, size, 404));
            all.add(new Refused("PUT " + EVENTS + "github/MTIz", JSON, size, 405));
            all.add(new Refused("POST /elements/api-v2/instances", JSON, size, 401));
            all.add(new Refused("POST /elements/api-v2/nothing", JSON + CREDENTIALS, size, 404));
            all.add(new Refused("POST /elements/api-v2/instances/17", JSON + CREDENTIALS, size, 405));
            all.add(new Refused(
                    "POST /elements/api-v2/instances", "Content-Type: text/plain\r\n" + CREDENTIALS, size, 415));
        }
        all.add(new Refused("POST " + EVENTS + "greenhouse/", JSON, TOO_LARGE, 413));
        all.add(new Refused("POST /elements/api-v2/instances", JSON + CREDENTIALS, LARGE, 413));
        return all;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void answersTheRequestAfterARefusedOne(Refused refused) {
        try (RawConnection connection = new RawConnection(port)) {
            for (boolean chunked : new boolean[] {false, true}) {
                assertThat(connection.send(refused.bytes(chunked)).answer().status())
                        .isEqualTo(refused.status());
                assertThat(connection.send(taken()).answer().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void answersTheRequestsAroundARefusedOneThatAreSentAtOnce(Refused refused) {
        try (RawConnection connection = new RawConnection(port)) {
            for (boolean chunked : new boolean[] {false, true}) {
                connection.send(together(taken(), refused.bytes(chunked), taken()));
                assertThat(connection.answer().status()).isEqualTo(200);
                assertThat(connection.answer().status()).isEqualTo(refused.status());
                assertThat(connection.answer().status()).isEqualTo(200);
                assertThat(connection.send(taken()).answer().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void answersTheRequestAfterARefusedOneThatDidNotWaitForTheAnswerBefore(Refused refused) {
        try (RawConnection connection = new RawConnection(port)) {
            for (boolean chunked : new boolean[] {false, true}) {
                connection.send(together(taken(), refused.bytes(chunked)));
                assertThat(connection.answer().status()).isEqualTo(200);
                assertThat(connection.answer().status()).isEqualTo(refused.status());
                assertThat(connection.send(taken()).answer().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void sparesASenderThatAsksFirst(Refused refused) {
        String asks = refused.headers() + "Expect: 100-continue\r\n";
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(head(refused.head(), asks, refused.bodyBytes()));
            Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(refused.status());
            assertThat(answer.closes() ? connection.ends() : refused.bodyBytes() == 0)
                    .isTrue();
        }
    }

    /** The second body comes while the first request is still being answered, and in more pieces than are kept meanwhile. */
    @Test
    void receivesALargeBodySentBehindAnotherRequest() {
        byte[] large = request("POST " + webhook, signed(new byte[LARGE]), new byte[LARGE], true);
        try (RawConnection connection = new RawConnection(port)) {
            for (int round = 0; round < 5; round++) {
                connection.send(together(taken(), large, taken(), large));
                for (int status : new int[] {200, 400, 200, 400}) {
                    assertThat(connection.answer().status()).isEqualTo(status);
                }
            }
        }
    }

    /** A webhook that is stored, and so not answered by the thread that reads the connection. */
    private static byte[] taken() {
        byte[] body = ("{\"action\":\"job_updated\",\"payload\":{\"job\":{\"id\":" + NEXT.incrementAndGet() + "}}}")
                .getBytes(UTF_8);
        return request("POST " + webhook, signed(body), body, false);
    }

    private static String signed(byte[] body) {
        return JSON + "Signature: sha256 " + Signed.hex(KEY, body) + "\r\n";
    }

    private static byte[] request(String head, String headers, byte[] body, boolean chunked) {
        return chunked
                ? together(
                        line(head + " HTTP/1.1\r\nHost: x\r\n" + headers + "Transfer-Encoding: chunked\r\n"),
                        chunks(body))
                : together(head(head, headers, body.length), body);
    }

    private static byte[] head(String head, String headers, int bodyBytes) {
        return line(head + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + bodyBytes + "\r\n");
    }

    private static byte[] chunks(byte[] body) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += CHUNK) {
            int length = Math.min(CHUNK, body.length - from);
            chunks.writeBytes(line(Integer.toHexString(length)));
            chunks.write(body, from, length);
            chunks.writeBytes(line(""));
        }
        chunks.writeBytes(line("0\r\n"));
        return chunks.toByteArray();
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(US_ASCII);
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
