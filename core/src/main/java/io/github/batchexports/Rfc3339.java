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

    private static final int PLAIN_LENGTH = "yyyy-mm-ddThh:mm:ssZ".length();

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
            Instant plain = length == PLAIN_LENGTH ? plainOrNull(text, start) : null;
            return plain == null ? Instant.parse(new String(text, start, length)) : plain;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns the instant of {@code yyyy-mm-ddThh:mm:ssZ}, or null if the characters have another form. */
    private static @Nullable Instant plainOrNull(char[] text, int start) {
        int century = pair(text, start);
        int year = pair(text, start + 2);
        int month = pair(text, start + 5);
        int day = pair(text, start + 8);
        int hour = pair(text, start + 11);
        int minute = pair(text, start + 14);
        int second = pair(text, start + 17);
        if ((century | year | month | day | hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 59
                || text[start + 4] != '-'
                || text[start + 7] != '-'
                || text[start + 10] != 'T'
                || text[start + 13] != ':'
                || text[start + 16] != ':'
                || text[start + 19] != 'Z') {
            return null;
        }
        long days = LocalDate.of(century * 100 + year, month, day).toEpochDay();
        int secondOfDay = hour * 3_600 + minute * 60 + second;
        return Instant.ofEpochSecond(days * 86_400 + secondOfDay);
    }

    /** Returns the number of two decimal digits; negative if they are not digits. */
    private static int pair(char[] text, int start) {
        int tens = text[start] - '0';
        int ones = text[start + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }
}
