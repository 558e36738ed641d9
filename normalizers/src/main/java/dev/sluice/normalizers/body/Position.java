package dev.sluice.normalizers.body;

/**
 * A place in a body, for messages.
 *
 * @param line 1-based
 * @param column 1-based, in bytes
 */
record Position(int line, int column) {

    static Position of(byte[] bytes, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
