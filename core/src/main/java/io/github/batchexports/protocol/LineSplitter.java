package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits bytes that come in pieces into lines of UTF-8, each ended by a line feed, with a carriage return before it or
 * not. Bytes that are no UTF-8 become U+FFFD. Not thread-safe: the pieces follow each other.
 */
public final class LineSplitter {

    private final CallContext call;
    private final int maxBytes;
    private final ByteArrayOutputStream unended = new ByteArrayOutputStream();
    private long lines;
    private boolean isTooLong;

    /** Lines of up to so many bytes. */
    public LineSplitter(CallContext call, int maxBytes) {
        this.call = call;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the next piece, which has to have an array; returns the lines that end in it.
     *
     * @throws MalformedResponseException when the line after the ones that were returned is longer than allowed
     */
    public List<String> accept(ByteBuffer piece) {
        failIfTooLong();
        List<String> ended = new ArrayList<>();
        byte[] bytes = piece.array();
        int start = piece.arrayOffset() + piece.position();
        int end = piece.arrayOffset() + piece.limit();
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
            unended.write(bytes, start, end - start);
        }
        return ended;
    }

    /**
     * Ends the input; returns what came after the last line feed, if anything did.
     *
     * @throws MalformedResponseException as {@link #accept}
     */
    public List<String> end() {
        failIfTooLong();
        return unended.size() == 0 ? List.of() : List.of(line(new byte[0], 0, 0));
    }

    private boolean fits(int more) {
        isTooLong = more > maxBytes - unended.size();
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
        if (unended.size() == 0) {
            return text(bytes, start, end);
        }
        unended.write(bytes, start, end - start);
        byte[] whole = unended.toByteArray();
        unended.reset();
        return text(whole, 0, whole.length);
    }

    private static String text(byte[] bytes, int start, int end) {
        int length = end > start && bytes[end - 1] == '\r' ? end - start - 1 : end - start;
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
