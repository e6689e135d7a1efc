package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.exports.ExportFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a file, made up from its id: JSON lines of one length, of which the last is filled up with spaces so
 * that it ends where the file does. Any part can be made without what comes before it.
 */
final class MadeUpContent implements FileContent {

    private static final int LINE = 128;
    private static final int DIGITS = 12;

    private final long size;
    /** The line of number 0, whose digits are written over. */
    private final byte[] template;

    private final int[] numberEnds;
    private final long tailStart;
    private final byte[] tail;

    MadeUpContent(ExportFile file) {
        this.size = file.size();
        String zeros = "0".repeat(DIGITS);
        String customId = String.format("{\"custom_id\":\"%08x-%s", file.id().hashCode(), zeros);
        String number = customId + "\",\"number\":1" + zeros;
        String line = number + ",\"padding\":\"" + ".".repeat(LINE);
        this.template = (line.substring(0, LINE - 3) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        this.numberEnds = new int[] {customId.length(), number.length()};
        int rest = (int) (size % LINE);
        if (size < LINE) {
            this.tail = small(rest);
        } else {
            this.tail = new byte[rest == 0 ? 0 : rest + 1];
            Arrays.fill(tail, (byte) ' ');
            if (rest > 0) {
                tail[rest] = '\n';
            }
        }
        this.tailStart = size - tail.length;
    }

    /** What there is no room for a line in: an empty object, or nothing but ends of lines. */
    private static byte[] small(int size) {
        String text = size < 3 ? "\n".repeat(size) : "{" + " ".repeat(size - 3) + "}\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] target, int start, int length) {
        int lines = (int) Math.max(0, Math.min(length, tailStart - offset));
        readLines(offset, target, start, lines);
        if (lines < length) {
            System.arraycopy(tail, (int) (offset + lines - tailStart), target, start + lines, length - lines);
        }
    }

    private void readLines(long offset, byte[] target, int start, int length) {
        byte[] line = template.clone();
        write(offset / LINE, line);
        int from = (int) (offset % LINE);
        for (int done = 0; done < length; ) {
            int part = Math.min(LINE - from, length - done);
            System.arraycopy(line, from, target, start + done, part);
            done += part;
            from = 0;
            for (int end : numberEnds) {
                increment(line, end);
            }
        }
    }

    private void write(long number, byte[] line) {
        for (int end : numberEnds) {
            long left = number;
            for (int i = end - 1; left > 0; i--) {
                line[i] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
    }

    /** Adds one in place: that is far cheaper than writing every digit. */
    private static void increment(byte[] line, int end) {
        int i = end - 1;
        while (line[i] == '9') {
            line[i] = '0';
            i--;
        }
        line[i]++;
    }
}
