package io.github.batchexports.protocol.json;

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
        while (place < limit && isDigit(bytes[place])) {
            place++;
        }
        return place;
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** Whether a number that came to here is not at its end, or is not whole. */
    static boolean goesOn(byte octet) {
        return isDigit(octet) || octet == '.' || (octet | 0x20) == 'e';
    }

    /** Whether a number has neither a fraction nor an exponent. */
    static boolean isWhole(String number) {
        return number.indexOf('.') < 0 && number.indexOf('e') < 0 && number.indexOf('E') < 0;
    }

    /**
     * The number, in the smallest type that holds it: {@link Integer}, {@link Long}, {@link BigInteger}; or exactly as a
     * {@link BigDecimal}, when it is not whole.
     *
     * @throws NumberFormatException when its exponent is beyond all bounds
     */
    static Number value(String number) {
        if (!isWhole(number)) {
            return new BigDecimal(number);
        }
        BigInteger value = new BigInteger(number);
        if (value.bitLength() >= Long.SIZE) {
            return value;
        }
        return value.bitLength() < Integer.SIZE ? (Number) value.intValue() : (Number) value.longValue();
    }
}
