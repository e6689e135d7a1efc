package io.github.batchexports.protocol.json;

import io.github.batchexports.Rfc3339;
import io.github.batchexports.error.CallContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Reads the values of a document that have no parts. */
abstract class JsonValues extends JsonInput {

    private static final int MAX_NUMBER = 1_000;
    private static final int DATE_LENGTH = "2024-02-28T16:28:42Z".length();
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final JsonText text;
    private final SharedTexts texts;

    JsonValues(byte[] bytes, int length, CallContext call, SharedTexts texts) {
        super(bytes, length, call);
        this.text = new JsonText(bytes, length);
        this.texts = texts;
    }

    /** Passes over a null, if one comes next. */
    final boolean consumeNull() {
        if (next() != 'n') {
            return false;
        }
        literal(NULL);
        return true;
    }

    final boolean bool() {
        switch (next()) {
            case 't' -> literal(TRUE);
            case 'f' -> {
                literal(FALSE);
                return false;
            }
            default -> throw wrongType("true or false");
        }
        return true;
    }

    private void literal(byte[] word) {
        if (end - position < word.length) {
            throw brokenAt(end);
        }
        if (!Arrays.equals(bytes, position, position + word.length, word, 0, word.length)) {
            throw notJson();
        }
        position += word.length;
    }

    final String text() {
        beginText();
        return restOfText();
    }

    /** A text that often comes again. */
    final String sharedText() {
        beginText();
        String known = texts.at(bytes, position, end);
        if (known == null) {
            return restOfText();
        }
        position += known.length() + 1;
        return known;
    }

    private void beginText() {
        expect('"', "a string");
    }

    private String restOfText() {
        return scanText() ? text.plain() : otherText();
    }

    /** Goes to the end of the text that began. Whether it is plain: its bytes are its characters. */
    private boolean scanText() {
        int after = text.scan(position);
        if (after < 0) {
            int place = -after - 1;
            throw place - text.start() > PageDecoder.MAX_TEXT ? overLimit() : brokenAt(place);
        }
        if (text.isPlain() && text.length() > PageDecoder.MAX_TEXT) {
            throw overLimit();
        }
        position = after;
        return text.isPlain();
    }

    private String otherText() {
        String decoded = text.decoded();
        if (decoded == null) {
            throw notJson();
        }
        if (decoded.length() > PageDecoder.MAX_TEXT) {
            throw overLimit();
        }
        return decoded;
    }

    /** A date as RFC 3339 writes it. Most are of one length, and what a date consists of needs no search for its end. */
    final Instant date() {
        beginText();
        int after = position + DATE_LENGTH + 1;
        if (after <= end && bytes[after - 1] == '"') {
            Instant date = Rfc3339.parse(bytes, position, DATE_LENGTH);
            if (date != null) {
                position = after;
                return date;
            }
        }
        Instant date =
                scanText() ? Rfc3339.parse(bytes, text.start(), text.length()) : Rfc3339.parseOrNull(otherText());
        if (date == null) {
            throw malformed("not an RFC 3339 date");
        }
        return date;
    }

    /** A whole number, if it is one that a long holds. Most are a few digits, whose value comes of passing over them. */
    final long wholeNumber() {
        next();
        int place = position;
        int most = Math.min(end, place + JsonNumber.SAFE_DIGITS);
        long value = 0;
        while (place < most && JsonNumber.isDigit(bytes[place])) {
            value = value * 10 + (bytes[place] - '0');
            place++;
        }
        if (place == position || place == end || JsonNumber.goesOn(bytes[place]) || bytes[position] == '0') {
            return otherWholeNumber();
        }
        position = place;
        return value;
    }

    private long otherWholeNumber() {
        int start = startOfNumber();
        position = endOfNumber(start);
        String number = text(start, position);
        if (!JsonNumber.isWhole(number)) {
            throw malformed("expected a whole number, found a number of another kind");
        }
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw malformed("a number out of range");
        }
    }

    /** Any number, exactly. */
    final Number number() {
        int start = startOfNumber();
        position = endOfNumber(start);
        try {
            return JsonNumber.value(text(start, position));
        } catch (NumberFormatException e) {
            // Its exponent is beyond all bounds.
            throw notJson();
        }
    }

    private int startOfNumber() {
        if (peek() != Kind.NUMBER) {
            throw wrongType("a whole number");
        }
        return position;
    }

    private int endOfNumber(int start) {
        int after = JsonNumber.end(bytes, start, end);
        if (after < 0) {
            throw brokenAt(-after - 1);
        }
        if (after - start > MAX_NUMBER) {
            throw overLimit();
        }
        return after;
    }

    private String text(int start, int after) {
        return new String(bytes, start, after - start, StandardCharsets.ISO_8859_1);
    }
}
