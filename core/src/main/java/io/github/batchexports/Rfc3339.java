package io.github.batchexports;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LAST_BYTE = 0xFFL << 56;
    private static final long SMALL_T = (long) ('T' ^ 't') << 16;

    // A date's characters from 0, from 8 and from 12 on. They overlap, and the last one is seen to apart.
    private static final long DATE = word("0000-00-");
    private static final long DATE_LIMITS = limits("0000-00-");
    private static final long TIME = word("00T00:00");
    private static final long TIME_LIMITS = limits("00T00:00");
    private static final long SECONDS = word("0:00:00Z");
    private static final long SECONDS_LIMITS = limits("0:00:00Z");

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
        if (length < PLAIN_LENGTH) {
            return null;
        }
        // Exclusive or leaves a digit its value, and nothing of a separator that is the right one.
        long date = eight(text, start) ^ DATE;
        long time = (eight(text, start + 8) ^ TIME) & ~SMALL_T;
        long seconds = (eight(text, start + 12) ^ SECONDS) & ~LAST_BYTE;
        if ((beyond(DATE_LIMITS, date) | beyond(TIME_LIMITS, time) | beyond(SECONDS_LIMITS, seconds)) != 0) {
            return null;
        }
        int year = pair(date, 0) * 100 + pair(date, 2);
        int month = pair(date, 5);
        int day = pair(time, 0);
        int hour = pair(time, 3);
        int minute = pair(time, 6);
        int second = pair(seconds, 5);
        if (month == 0
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

    /** Eight characters as one number, the first of them lowest. */
    private static long eight(byte[] text, int start) {
        return (long) EIGHT.get(text, start);
    }

    private static long word(String template) {
        return eight(template.getBytes(StandardCharsets.ISO_8859_1), 0);
    }

    /** What, added to a byte, sets its high bit when it is above 9, or in place of a separator above 0. */
    private static long limits(String template) {
        return word(template.replaceAll("[^0]", "\u007F").replace('0', (char) (0x80 - 10)));
    }

    private static long beyond(long limits, long bytes) {
        return (bytes | (bytes + limits)) & HIGH_BITS;
    }

    /** The number that two digits make. */
    private static int pair(long digits, int index) {
        int two = (int) (digits >>> (index * Byte.SIZE));
        return (two & 0xFF) * 10 + (two >>> Byte.SIZE & 0xFF);
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
