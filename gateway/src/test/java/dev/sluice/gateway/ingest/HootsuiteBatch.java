package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many events in one webhook. */
final class HootsuiteBatch {
    private HootsuiteBatch() {}

    /** @param events each as its number, the message it is about, and that one's state */
    static byte[] of(String... events) {
        return Stream.of(events)
                .map(event -> event.split(" ", -1))
                .map(event -> """
                        {"seq_no":"%s","type":"com.hootsuite.messages.event.v1","data":{"state":"%s","organization":null,\
                        "message":{"id":"%s"},"timestamp":"2026-03-05T10:11:12Z"}}""".formatted(event[0], event[2], event[1]))
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    /** One event of each number, about a message of its own. */
    static String messages(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> "{\"seq_no\":\"%d\",\"type\":\"com.hootsuite.messages.event.v1\",".formatted(number)
                        + "\"data\":{\"state\":\"SENT\",\"organization\":null,\"message\":{\"id\":\"%d\"}}}"
                                .formatted(1_000 + number))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
