package io.github.batchexports.protocol.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Texts that come again and again, such as the names of attributes, made once: strings of a JSON document, as long as they are
 * short and written as they are. A fixed table where a text has two places and the newest wins one of them. Threads share
 * it without a lock: an entry is immutable, and one that is missed is only made again.
 */
final class SharedTexts {

    private static final int SIZE_BITS = 10;
    private static final int MOST_WORDS = 5;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final @Nullable Entry[] table = new @Nullable Entry[1 << SIZE_BITS];

    /** A text and its bytes, eight to a word; the last word has what is left, and zeros. */
    private static final class Entry {
        private final long[] words;
        private final long last;
        private final String text;

        Entry(long[] words, long last, String text) {
            this.words = words;
            this.last = last;
            this.text = text;
        }

        boolean is(byte[] bytes, int start, int length, long otherLast) {
            if (last != otherLast || text.length() != length) {
                return false;
            }
            for (int i = 0; i < words.length; i++) {
                if (words[i] != EightBytes.at(bytes, start + i * Long.BYTES)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The text whose first character is at a place and that ends at the next quote, if it is short, ASCII and has no escapes;
     * else null. To find one that is known takes no look for escapes, since it has none.
     */
    @Nullable
    String at(byte[] bytes, int start, int end) {
        long hash = 0;
        for (int count = 0; count < MOST_WORDS; count++) {
            int place = start + count * Long.BYTES;
            if (place + Long.BYTES > end) {
                return null;
            }
            long word = EightBytes.at(bytes, place);
            long quotes = JsonText.quotes(word);
            if (quotes != 0) {
                long last = word & ((Long.lowestOneBit(quotes) >>> 7) - 1);
                int index = (int) (((hash ^ last) * MIX) >>> (Long.SIZE - SIZE_BITS));
                int length = count * Long.BYTES + Long.numberOfTrailingZeros(quotes) / Byte.SIZE;
                return at(index, bytes, start, length, last);
            }
            hash = (hash ^ word) * MIX;
        }
        return null;
    }

    private @Nullable String at(int index, byte[] bytes, int start, int length, long last) {
        Entry newer = table[index];
        if (newer != null && newer.is(bytes, start, length, last)) {
            return newer.text;
        }
        Entry older = table[index ^ 1];
        if (older != null && older.is(bytes, start, length, last)) {
            return older.text;
        }
        Entry made = entry(bytes, start, length, last);
        if (made == null) {
            return null;
        }
        if (newer != null) {
            table[index ^ 1] = newer;
        }
        table[index] = made;
        return made.text;
    }

    private static @Nullable Entry entry(byte[] bytes, int start, int length, long last) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] < ' ' || bytes[i] == '\\') {
                return null;
            }
        }
        long[] words = new long[length / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = EightBytes.at(bytes, start + i * Long.BYTES);
        }
        return new Entry(words, last, new String(bytes, start, length, StandardCharsets.ISO_8859_1));
    }
}
