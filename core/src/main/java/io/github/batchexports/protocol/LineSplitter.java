package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits chunks of bytes into lines of UTF-8, each ended by a line feed or by a carriage return and a line feed. Invalid
 * UTF-8 becomes U+FFFD. Holds at most one unfinished line. Not thread-safe: chunks follow one another.
 */
public final class LineSplitter {

    private final CallContext call;
    private final int maxBytes;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long lines;
    private boolean isTooLong;

    /**
     * Creates a splitter.
     *
     * @param call the call whose content it is, for errors
     * @param maxBytes maximum length of a line in bytes
     */
    public LineSplitter(CallContext call, int maxBytes) {
        this.call = call;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the next chunk and returns the lines that end in it. A line that is too long fails the next call, so that the
     * lines before it are not lost.
     *
     * @param chunk a buffer with an accessible array; its position is left unchanged
     * @throws MalformedResponseException if the line after the last returned one is longer than allowed
     */
    public List<String> accept(ByteBuffer chunk) {
        failIfTooLong();
        List<String> ended = new ArrayList<>();
        byte[] bytes = chunk.array();
        int start = chunk.arrayOffset() + chunk.position();
        int end = chunk.arrayOffset() + chunk.limit();
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                if (!fits(i - start)) {
                    return ended;
                }
                ended.add(line(bytes, start, i));
                start = i + 1;
            }
        }
        if (fits(end - start)) {
            unfinished.write(bytes, start, end - start);
        }
        return ended;
    }

    /**
     * Ends the input and returns the last line, if it did not end with a line feed.
     *
     * @throws MalformedResponseException if that line is longer than allowed
     */
    public List<String> end() {
        failIfTooLong();
        return unfinished.size() == 0 ? List.of() : List.of(line(new byte[0], 0, 0));
    }

    private boolean fits(int more) {
        isTooLong = more > maxBytes - unfinished.size();
        return !isTooLong;
    }

    private void failIfTooLong() {
        if (isTooLong) {
            throw new MalformedResponseException(
                    call, "line " + (lines + 1), "longer than maxPageBytes, " + maxBytes + " bytes");
        }
    }

    private String line(byte[] bytes, int start, int end) {
        lines++;
        if (unfinished.size() == 0) {
            return text(bytes, start, end);
        }
        unfinished.write(bytes, start, end - start);
        byte[] whole = unfinished.toByteArray();
        unfinished.reset();
        return text(whole, 0, whole.length);
    }

    private static String text(byte[] bytes, int start, int end) {
        int length = end > start && bytes[end - 1] == '\r' ? end - start - 1 : end - start;
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
