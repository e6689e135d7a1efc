package io.github.batchexports.protocol.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One string of a JSON document: where it stands in the document's bytes, and its characters. It is plain when it has no
 * escapes and nothing but ASCII, as most are: then its bytes are its characters.
 */
final class JsonText {

    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final byte[] bytes;
    private final int limit;
    private int start;
    private int end;
    private boolean ascii;
    private boolean escaped;

    JsonText(byte[] bytes, int limit) {
        this.bytes = bytes;
        this.limit = limit;
    }

    /**
     * Finds the end of the text whose first byte is here.
     *
     * @return the position after its closing quote; or, where it is broken, that place as {@code -1 - place}
     */
    int scan(int from) {
        start = from;
        ascii = true;
        escaped = false;
        int place = from;
        while (true) {
            place = nextStop(place);
            if (place >= limit) {
                return -1 - limit;
            }
            if (bytes[place] == '"') {
                end = place;
                return place + 1;
            }
            if (bytes[place] != '\\') {
                return -1 - place;
            }
            escaped = true;
            place += 2;
        }
    }

    /** The next quote, backslash or control character. Looks at eight bytes at a time, as long as there are as many. */
    private int nextStop(int from) {
        int place = from;
        long seen = 0;
        for (; place + Long.BYTES <= limit; place += Long.BYTES) {
            long eight = EightBytes.at(bytes, place);
            long stops = stops(eight);
            if (stops != 0) {
                int before = Long.numberOfTrailingZeros(stops) & ~7;
                ascii &= ((seen | (eight & ((1L << before) - 1))) & HIGH_BITS) == 0;
                return place + (before >> 3);
            }
            seen |= eight;
        }
        for (; place < limit && !isStop(bytes[place]); place++) {
            seen |= bytes[place];
        }
        ascii &= (seen & HIGH_BITS) == 0;
        return place;
    }

    /**
     * Has the high bit of each byte that is a quote, a backslash or a control character; right up to the first of them. A byte
     * is zero when taking one from it borrows, so each is turned to zero, or for control characters below it, beforehand.
     */
    private static long stops(long eight) {
        long controls = eight - EACH * ' ';
        long backslashes = zeros(eight ^ (EACH * '\\'));
        return quotes(eight) | ((backslashes | (controls & ~eight)) & HIGH_BITS);
    }

    /** Has the high bit of each byte that is a quote, right up to the first. */
    static long quotes(long eight) {
        return zeros(eight ^ (EACH * '"')) & HIGH_BITS;
    }

    private static long zeros(long eight) {
        return (eight - EACH) & ~eight;
    }

    private static boolean isStop(byte octet) {
        return octet == '"' || octet == '\\' || (octet >= 0 && octet < ' ');
    }

    boolean isPlain() {
        return ascii && !escaped;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** The characters of a plain text. */
    String plain() {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** The characters of any text; null when it is broken. */
    @Nullable
    String decoded() {
        return escaped ? unescaped() : utf8(start, end);
    }

    private @Nullable String unescaped() {
        StringBuilder text = new StringBuilder(end - start);
        int place = start;
        while (place < end) {
            int run = place;
            while (place < end && bytes[place] != '\\') {
                place++;
            }
            String characters = utf8(run, place);
            if (characters == null) {
                return null;
            }
            text.append(characters);
            if (place < end) {
                int length = bytes[place + 1] == 'u' ? 6 : 2;
                int character = place + length <= end ? escape(place + 1, length) : -1;
                if (character < 0) {
                    return null;
                }
                text.append((char) character);
                place += length;
            }
        }
        return text.toString();
    }

    /** The character of an escape, or -1 when it is none. */
    private int escape(int place, int length) {
        if (length == 6) {
            int character = 0;
            for (int i = place + 1; i <= place + 4; i++) {
                int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
                character = digit < 0 || character < 0 ? -1 : character << 4 | digit;
            }
            return character;
        }
        return switch (bytes[place]) {
            case '"', '\\', '/' -> bytes[place];
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
    }

    /** The characters of bytes, or null when they are no UTF-8. */
    private @Nullable String utf8(int from, int until) {
        String text = new String(bytes, from, until - from, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 || isUtf8(from, until) ? text : null;
    }

    /** Whether a replacement character was there from the start, which the quick way cannot tell. */
    private boolean isUtf8(int from, int until) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, until - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
