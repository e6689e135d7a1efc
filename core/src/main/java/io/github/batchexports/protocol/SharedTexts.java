package io.github.batchexports.protocol;

/**
 * Texts that come again and again, such as the names of attributes, made once. A fixed table where the newest text wins its
 * place. Threads share it without a lock: a text is immutable, and one that is missed is only made again.
 */
final class SharedTexts {

    private static final int SIZE = 1024;
    private static final int LONGEST = 64;

    private final String[] table = new String[SIZE];

    SharedTexts() {
        java.util.Arrays.fill(table, "");
    }

    String of(char[] buffer, int start, int length) {
        if (length > LONGEST) {
            return new String(buffer, start, length);
        }
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + buffer[i];
        }
        int place = (hash ^ (hash >>> 15)) & (SIZE - 1);
        String known = table[place];
        if (matches(known, buffer, start, length)) {
            return known;
        }
        String text = new String(buffer, start, length);
        table[place] = text;
        return text;
    }

    private static boolean matches(String known, char[] buffer, int start, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != buffer[start + i]) {
                return false;
            }
        }
        return true;
    }
}
