package dev.sluice.gateway.rig.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A message of Protocol Buffers, read without its description: numbered fields, each with its values in order. */
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final Map<Integer, List<Long>> numbers = new TreeMap<>();
    private final Map<Integer, List<byte[]>> bytes = new TreeMap<>();

    private ProtobufMessage() {}

    static ProtobufMessage read(byte[] message) {
        ProtobufMessage read = new ProtobufMessage();
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            int key = (int) varint(buffer);
            read.add(key >>> 3, key & 7, buffer);
        }
        return read;
    }

    private void add(int field, int type, ByteBuffer buffer) {
        switch (type) {
            case VARINT -> number(field, varint(buffer));
            case FIXED64 -> number(field, buffer.getLong());
            case FIXED32 -> number(field, buffer.getInt());
            case LENGTH -> {
                byte[] value = new byte[(int) varint(buffer)];
                buffer.get(value);
                bytes.computeIfAbsent(field, first -> new ArrayList<>()).add(value);
            }
            default -> throw new IllegalArgumentException("wire type: " + type + " (expected: 0, 1, 2 or 5)");
        }
    }

    private void number(int field, long value) {
        numbers.computeIfAbsent(field, first -> new ArrayList<>()).add(value);
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = buffer.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    /** The messages in a field. */
    List<ProtobufMessage> messages(int field) {
        return bytes.getOrDefault(field, List.of()).stream()
                .map(ProtobufMessage::read)
                .toList();
    }

    /** A field's bytes; none when it is not set. */
    byte[] bytes(int field) {
        List<byte[]> all = bytes.getOrDefault(field, List.of());
        return all.isEmpty() ? new byte[0] : all.get(0);
    }

    String text(int field) {
        return new String(bytes(field), UTF_8);
    }

    /** A field's number; 0 when it is not set. */
    long number(int field) {
        List<Long> all = numbers.getOrDefault(field, List.of());
        return all.isEmpty() ? 0 : all.get(0);
    }
}
