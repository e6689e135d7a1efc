package io.github.batchexports.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that come again and again, such as the names of attributes, made once. A fixed table where a text has two places
 * and the newest wins one of them. Threads share it without a lock: an entry is immutable, and one that is missed is only made again.
 */
final class SharedTexts {

    private static final int SIZE_BITS = 10;
    private static final int LONGEST = 64;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final @Nullable Entry[] table = new @Nullable Entry[1 << SIZE_BITS];

    /** A text with its first and its last eight bytes, which together are the whole of most. */
    private static final class Entry {
        private final byte[] bytes;
        private final long head;
        private final long tail;
        private final String text;

        Entry(byte[] bytes, long head, long tail) {
            this.bytes = bytes;
            this.head = head;
            this.tail = tail;
            this.text = new String(bytes, StandardCharsets.ISO_8859_1);
        }

        boolean is(byte[] other, int start, int length, long otherHead, long otherTail) {
            return bytes.length == length
                    && head == otherHead
                    && tail == otherTail
                    && (length <= 2 * Long.BYTES || Arrays.equals(bytes, 0, length, other, start, start + length));
        }
    }

    /** The text of ASCII characters. */
    String of(byte[] bytes, int start, int length) {
        if (length > LONGEST) {
            return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
        }
        boolean isShort = length < Long.BYTES;
        long head = isShort ? EightBytes.at(bytes, start, length) : EightBytes.at(bytes, start);
        long tail = isShort ? 0 : EightBytes.at(bytes, start + length - Long.BYTES);
        int place = (int) (((head ^ (tail * MIX) ^ length) * MIX) >>> (Long.SIZE - SIZE_BITS));
        Entry newer = table[place];
        if (newer != null && newer.is(bytes, start, length, head, tail)) {
            return newer.text;
        }
        Entry older = table[place ^ 1];
        if (older != null && older.is(bytes, start, length, head, tail)) {
            return older.text;
        }
        Entry made = new Entry(Arrays.copyOfRange(bytes, start, start + length), head, tail);
        if (newer != null) {
            table[place ^ 1] = newer;
        }
        table[place] = made;
        return made.text;
    }
}
