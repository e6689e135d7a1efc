package io.github.batchexports.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as JSON writes them. */
final class JsonNumber {

    /** So many characters never make more than a long holds. */
    static final int SAFE_DIGITS = 18;

    private JsonNumber() {}

    /**
     * Finds the end of the number that begins here.
     *
     * @return the position after it; or, where it is broken, that place as {@code -1 - place}
     */
    static int end(byte[] bytes, int start, int limit) {
        int place = bytes[start] == '-' ? start + 1 : start;
        int digits = digits(bytes, place, limit);
        if (digits == place) {
            return -1 - place;
        }
        if (bytes[place] == '0' && digits > place + 1) {
            return -2 - place;
        }
        place = digits;
        if (place < limit && bytes[place] == '.') {
            digits = digits(bytes, place + 1, limit);
            if (digits == place + 1) {
                return -1 - digits;
            }
            place = digits;
        }
        if (place < limit && (bytes[place] | 0x20) == 'e') {
            place++;
            if (place < limit && (bytes[place] == '+' || bytes[place] == '-')) {
                place++;
            }
            digits = digits(bytes, place, limit);
            if (digits == place) {
                return -1 - place;
            }
            place = digits;
        }
        return place;
    }

    private static int digits(byte[] bytes, int start, int limit) {
        int place = start;
        while (place < limit && bytes[place] >= '0' && bytes[place] <= '9') {
            place++;
        }
        return place;
    }

    /** Whether a number has neither a fraction nor an exponent. */
    static boolean isWhole(byte[] bytes, int start, int end) {
        int sign = bytes[start] == '-' ? 1 : 0;
        return digits(bytes, start + sign, end) == end;
    }

    /** The value of a whole number of no more than {@link #SAFE_DIGITS} characters. */
    static long wholeValue(byte[] bytes, int start, int end) {
        boolean negative = bytes[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < end; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }

    /**
     * The number, in the smallest type that holds it: {@link Integer}, {@link Long}, {@link BigInteger}; or exactly as a
     * {@link BigDecimal}, when it is not whole.
     *
     * @throws NumberFormatException when its exponent is beyond all bounds
     */
    static Number value(String number) {
        if (number.indexOf('.') >= 0 || number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
            return new BigDecimal(number);
        }
        BigInteger value = new BigInteger(number);
        if (value.bitLength() >= Long.SIZE) {
            return value;
        }
        return value.bitLength() < Integer.SIZE ? (Number) value.intValue() : (Number) value.longValue();
    }
}
