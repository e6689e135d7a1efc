package io.github.batchexports.protocol.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Interns short strings that occur often, such as the names of attributes. Each string has one slot in a table of fixed
 * size; the latest string takes the slot. Threads share the table without a lock: a miss only creates the string again.
 */
final class SharedStrings {

    private static final int MAX_LENGTH = 64;
    private static final int SIZE_BITS = 10;

    private final @Nullable Entry[] table = new @Nullable Entry[1 << SIZE_BITS];

    /** Keeps the characters as well, since comparing two arrays is faster than comparing an array and a string. */
    private static final class Entry {
        private final char[] characters;
        private final String text;

        Entry(char[] characters) {
            this.characters = characters;
            this.text = new String(characters);
        }
    }

    /** Returns the string of these characters, shared if it has at most {@value #MAX_LENGTH}. */
    String of(char[] buffer, int start, int length) {
        if (length > MAX_LENGTH) {
            return new String(buffer, start, length);
        }
        int index = index(buffer, start, length);
        Entry cached = table[index];
        if (cached != null
                && Arrays.equals(cached.characters, 0, cached.characters.length, buffer, start, start + length)) {
            return cached.text;
        }
        Entry created = new Entry(Arrays.copyOfRange(buffer, start, start + length));
        table[index] = created;
        return created.text;
    }

    private static int index(char[] buffer, int start, int length) {
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        return (hash * 0x9E3779B9) >>> (Integer.SIZE - SIZE_BITS);
    }
}
