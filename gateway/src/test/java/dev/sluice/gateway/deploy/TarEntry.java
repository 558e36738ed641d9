package dev.sluice.gateway.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file in a tar, as far as tests need it: names of up to 100 characters. */
final class TarEntry {
    private static final int BLOCK = 512;

    private final String name;
    private final FileTime modified;
    private final byte[] bytes;

    private TarEntry(String name, FileTime modified, byte[] bytes) {
        this.name = name;
        this.modified = modified;
        this.bytes = bytes;
    }

    String name() {
        return name;
    }

    FileTime modified() {
        return modified;
    }

    byte[] bytes() {
        return bytes;
    }

    static List<TarEntry> all(byte[] tar) {
        List<TarEntry> entries = new ArrayList<>();
        for (int at = 0; at + BLOCK <= tar.length && tar[at] != 0; ) {
            int size = (int) octal(tar, at + 124);
            int begin = at + BLOCK;
            FileTime modified = FileTime.from(octal(tar, at + 136), TimeUnit.SECONDS);
            entries.add(new TarEntry(text(tar, at, 100), modified, Arrays.copyOfRange(tar, begin, begin + size)));
            at = begin + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        return entries;
    }

    private static long octal(byte[] tar, int from) {
        return Long.parseLong(text(tar, from, 12).strip(), 8);
    }

    private static String text(byte[] tar, int from, int length) {
        String field = new String(tar, from, length, US_ASCII);
        int end = field.indexOf(0);
        return end < 0 ? field : field.substring(0, end);
    }
}
