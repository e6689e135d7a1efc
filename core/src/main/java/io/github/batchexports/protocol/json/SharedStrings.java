package io.github.batchexports.protocol.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Short strings that come again and again, such as the names of attributes, made once. A string has one place in a table of
 * fixed size, and the newest takes it. Threads share the table without a lock: a string that is missed is only made again.
 */
final class SharedStrings {

    private static final int MAX_LENGTH = 64;
    private static final int SIZE_BITS = 10;

    private final @Nullable Entry[] table = new @Nullable Entry[1 << SIZE_BITS];

    /** The characters a second time, since arrays are compared faster than an array and a string. */
    private static final class Entry {
        private final char[] characters;
        private final String text;

        Entry(char[] characters) {
            this.characters = characters;
            this.text = new String(characters);
        }
    }

    /** Returns the string of these characters. */
    String of(char[] buffer, int start, int length) {
        if (length > MAX_LENGTH) {
            return new String(buffer, start, length);
        }
        int index = index(buffer, start, length);
        Entry known = table[index];
        if (known != null
                && Arrays.equals(known.characters, 0, known.characters.length, buffer, start, start + length)) {
            return known.text;
        }
        Entry made = new Entry(Arrays.copyOfRange(buffer, start, start + length));
        table[index] = made;
        return made.text;
    }

    private static int index(char[] buffer, int start, int length) {
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        return (hash * 0x9E3779B9) >>> (Integer.SIZE - SIZE_BITS);
    }
}
