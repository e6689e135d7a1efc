package io.github.batchexports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Parses dates as the API writes them, in RFC 3339. The plain form, 20 characters in UTC, is parsed by arithmetic:
 * {@code java.time} would take longer for it than the rest of a page. All other forms are left to {@link Instant#parse}.
 * Public for the decoder only: it may change at any time.
 */
public final class Rfc3339 {

    private static final String PLAIN = "0000-00-00T00:00:00Z";

    private Rfc3339() {}

    /** Returns the instant of a string, or null if it is not a date. */
    public static @Nullable Instant parseOrNull(String text) {
        return parseOrNull(text.toCharArray(), 0, text.length());
    }

    /**
     * Returns the instant of {@code length} characters of a buffer from {@code start} on, or null if they are not a date.
     */
    public static @Nullable Instant parseOrNull(char[] text, int start, int length) {
        try {
            return isPlain(text, start, length) ? plain(text, start) : Instant.parse(new String(text, start, length));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isPlain(char[] text, int start, int length) {
        if (length != PLAIN.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char form = PLAIN.charAt(i);
            char found = text[start + i];
            if (form == '0' ? found < '0' || found > '9' : found != form) {
                return false;
            }
        }
        return pair(text, start + 11) < 24 && pair(text, start + 14) < 60 && pair(text, start + 17) < 60;
    }

    private static Instant plain(char[] text, int start) {
        int year = pair(text, start) * 100 + pair(text, start + 2);
        long days =
                LocalDate.of(year, pair(text, start + 5), pair(text, start + 8)).toEpochDay();
        int seconds = pair(text, start + 11) * 3_600 + pair(text, start + 14) * 60 + pair(text, start + 17);
        return Instant.ofEpochSecond(days * 86_400 + seconds);
    }

    /** Returns the number of two decimal digits. */
    private static int pair(char[] text, int start) {
        return (text[start] - '0') * 10 + text[start + 1] - '0';
    }
}
