package io.github.batchexports;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Dates as the API writes them, RFC 3339, read by arithmetic: dates are what costs most in reading a page otherwise. Public
 * for the decoder, which reads from its buffer without making a text.
 */
public final class Rfc3339 {

    private static final int PLAIN_LENGTH = "2024-02-28T16:28:42Z".length();
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    private static final long FIRST_SECOND = daysSinceEpoch(0, 1, 1) * 86_400;
    private static final long LAST_SECOND = daysSinceEpoch(10_000, 1, 1) * 86_400 - 1;

    private Rfc3339() {}

    /**
     * The instant of a text.
     *
     * @throws DateTimeException when it is no date, without quoting it
     */
    public static Instant parse(String text) {
        Instant instant = parseOrNull(text);
        if (instant == null) {
            throw new DateTimeException("not an RFC 3339 date");
        }
        return instant;
    }

    /** The instant of a text, or null when it is no date. */
    public static @Nullable Instant parseOrNull(String text) {
        // What is not Latin becomes a question mark, which no date has.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(bytes, 0, bytes.length);
    }

    /**
     * The instant of ASCII characters in a buffer, or null when they are no date. Fractions are kept to the nanosecond. A leap second is
     * read as the second before it, since an {@code Instant} has none. The years are 0000 to 9999, in UTC.
     */
    public static @Nullable Instant parse(byte[] text, int start, int length) {
        if (length < PLAIN_LENGTH || !hasSeparators(text, start)) {
            return null;
        }
        int year = digits(text, start, 4);
        int month = digits(text, start + 5, 2);
        int day = digits(text, start + 8, 2);
        int hour = digits(text, start + 11, 2);
        int minute = digits(text, start + 14, 2);
        int second = digits(text, start + 17, 2);
        if ((year | month | day | hour | minute | second) < 0
                || month == 0
                || month > 12
                || day == 0
                || day > daysInMonth(year, month)
                || hour > 23
                || minute > 59
                || second > 60) {
            return null;
        }
        long wholeSeconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
        byte next = text[start + 19];
        if (length == PLAIN_LENGTH && (next == 'Z' || next == 'z')) {
            return at(wholeSeconds, second, 0);
        }
        return withTail(text, start + 19, start + length, wholeSeconds, second);
    }

    /** Reads what follows the seconds: a fraction perhaps, then an offset. */
    private static @Nullable Instant withTail(byte[] text, int start, int end, long localSeconds, int second) {
        int position = start;
        int nanos = 0;
        if (text[position] == '.') {
            int first = ++position;
            int unit = 100_000_000;
            for (; position < end && isDigit(text[position]); position++) {
                nanos += (text[position] - '0') * unit;
                unit /= 10;
            }
            if (position == first) {
                return null;
            }
        }
        if (position == end) {
            return null;
        }
        byte zone = text[position];
        if (zone == 'Z' || zone == 'z') {
            return position + 1 == end ? at(localSeconds, second, nanos) : null;
        }
        if ((zone != '+' && zone != '-') || position + 6 != end || text[position + 3] != ':') {
            return null;
        }
        int hours = digits(text, position + 1, 2);
        int minutes = digits(text, position + 4, 2);
        if ((hours | minutes) < 0 || hours > 23 || minutes > 59) {
            return null;
        }
        int offset = hours * 3_600 + minutes * 60;
        return at(zone == '+' ? localSeconds - offset : localSeconds + offset, second, nanos);
    }

    private static @Nullable Instant at(long seconds, int second, int nanos) {
        long epochSecond = seconds;
        if (second == 60) {
            // Leap seconds end a day in UTC, so that the next second starts one.
            if (Math.floorMod(seconds, 86_400) != 0) {
                return null;
            }
            epochSecond--;
        }
        return epochSecond < FIRST_SECOND || epochSecond > LAST_SECOND
                ? null
                : Instant.ofEpochSecond(epochSecond, nanos);
    }

    private static boolean hasSeparators(byte[] text, int start) {
        byte t = text[start + 10];
        return text[start + 4] == '-'
                && text[start + 7] == '-'
                && (t == 'T' || t == 't')
                && text[start + 13] == ':'
                && text[start + 16] == ':';
    }

    /** The number, or a negative one when a character is no digit. */
    private static int digits(byte[] text, int start, int count) {
        int number = 0;
        for (int i = start; i < start + count; i++) {
            if (!isDigit(text[i])) {
                return -1;
            }
            number = number * 10 + (text[i] - '0');
        }
        return number;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isLeapYear(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int daysInMonth(int year, int month) {
        return switch (month) {
            case 2 -> isLeapYear(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days in whole years since year 0, which was a leap year, then in this year, less those from year 0 to 1970. */
    private static long daysSinceEpoch(int year, int month, int day) {
        long before = year - 1L;
        long days = 365L * year + Math.floorDiv(before, 4) - Math.floorDiv(before, 100) + Math.floorDiv(before, 400);
        days += DAYS_BEFORE_MONTH[month - 1] + (month > 2 && isLeapYear(year) ? 1 : 0) + day - 1;
        return days - 719_527;
    }
}
