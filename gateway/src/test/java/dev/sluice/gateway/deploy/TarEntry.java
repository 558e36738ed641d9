package dev.sluice.gateway.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file in a tar, as far as tests need it: names of up to 100 characters. */
final class TarEntry {
    private static final int BLOCK = 512;

    private final String name;
    private final byte[] bytes;

    private TarEntry(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    static List<TarEntry> all(byte[] tar) {
        List<TarEntry> entries = new ArrayList<>();
        for (int at = 0; at + BLOCK <= tar.length && tar[at] != 0; ) {
            int size = Integer.parseInt(text(tar, at + 124, 12).strip(), 8);
            int begin = at + BLOCK;
            entries.add(new TarEntry(text(tar, at, 100), Arrays.copyOfRange(tar, begin, begin + size)));
            at = begin + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return entries;
    }

    private static String text(byte[] tar, int from, int length) {
        String field = new String(tar, from, length, US_ASCII);
        int end = field.indexOf(0);
        return end < 0 ? field : field.substring(0, end);
    }
}
