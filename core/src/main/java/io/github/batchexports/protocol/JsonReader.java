package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document (RFC 8259, UTF-8) from an array, value by value, in the order that it stands there. What is no
 * JSON, and what is over a limit, ends in a {@link MalformedResponseException} with the path of the fault.
 *
 * <p>Made for answers of the API: a text that needs no decoding is found eight bytes at a time and copied once, or not at
 * all if it is a known one.
 */
final class JsonReader extends JsonInput {

    /** What a value is, by its first byte. */
    enum Kind {
        OBJECT,
        ARRAY,
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    private static final int MAX_NUMBER = 1_000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final SharedTexts texts;
    private final JsonText text;

    private boolean first;

    JsonReader(byte[] bytes, int length, CallContext call, SharedTexts texts) {
        super(bytes, length, call);
        this.texts = texts;
        this.text = new JsonText(bytes, length);
    }

    /** Goes to the document. */
    void start() {
        if (end >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            position = 3;
        }
        skipBlanks();
        if (position == end) {
            throw malformed("empty answer");
        }
    }

    /** Checks that nothing follows the document. */
    void end() {
        skipBlanks();
        if (position < end) {
            throw malformed("something follows the document");
        }
    }

    /** What comes next. */
    Kind peek() {
        return switch (next()) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.TEXT;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Kind.NUMBER;
            case 't', 'f' -> Kind.BOOLEAN;
            case 'n' -> Kind.NULL;
            default -> throw notJson();
        };
    }

    void beginObject() {
        expect('{', "an object");
        enter();
        path.enterObject();
    }

    void beginArray() {
        expect('[', "an array");
        enter();
        path.enterArray();
    }

    private void enter() {
        if (path.depth() == PageDecoder.MAX_NESTING) {
            throw overLimit();
        }
        first = true;
    }

    /** The name of the object's next member, or null when it ends here. The member's value has to be read or skipped. */
    @Nullable
    String nextName() {
        if (!goesOn('}')) {
            return null;
        }
        if (next() != '"') {
            throw notJson();
        }
        String name = sharedText();
        path.atName(name);
        if (next() != ':') {
            throw notJson();
        }
        position++;
        return name;
    }

    /** Whether the array goes on here. */
    boolean nextElement() {
        if (!goesOn(']')) {
            return false;
        }
        path.atNextElement();
        return true;
    }

    private boolean goesOn(char close) {
        byte next = next();
        if (next == close) {
            position++;
            first = false;
            path.leave();
            return false;
        }
        if (!first) {
            if (next != ',') {
                throw notJson();
            }
            position++;
        }
        first = false;
        return true;
    }

    /** Passes over a null, if one comes next. */
    boolean nextIsNull() {
        if (next() != 'n') {
            return false;
        }
        literal(NULL);
        return true;
    }

    boolean bool() {
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

    String text() {
        return scanText() ? text.plain() : otherText();
    }

    /** A text that often comes again. */
    String sharedText() {
        return scanText() ? texts.of(bytes, text.start(), text.length()) : otherText();
    }

    /** Whether the text that comes next is plain: its bytes are its characters. */
    private boolean scanText() {
        expect('"', "a string");
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

    /** Reads a text without making it, if it is plain: its bytes are then in the array given to the constructor. */
    @Nullable
    JsonText plainText() {
        return scanText() ? text : null;
    }

    /** The text that {@link #plainText()} came upon, when it is not plain. */
    String otherText() {
        String decoded = text.decoded();
        if (decoded == null) {
            throw notJson();
        }
        if (decoded.length() > PageDecoder.MAX_TEXT) {
            throw overLimit();
        }
        return decoded;
    }

    /** A whole number, if it is one that a long holds. */
    long wholeNumber() {
        int start = startOfNumber();
        int after = endOfNumber(start);
        if (!JsonNumber.isWhole(bytes, start, after)) {
            throw malformed("expected a whole number, found a number of another kind");
        }
        position = after;
        if (after - start <= JsonNumber.SAFE_DIGITS) {
            return JsonNumber.wholeValue(bytes, start, after);
        }
        try {
            return Long.parseLong(text(start, after));
        } catch (NumberFormatException e) {
            throw malformed("a number out of range");
        }
    }

    /** Any number, exactly. */
    Number number() {
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

    private void expect(char open, String words) {
        if (next() != open) {
            throw wrongType(words);
        }
        position++;
    }

    private MalformedResponseException wrongType(String expected) {
        String found =
                switch (peek()) {
                    case OBJECT -> "an object";
                    case ARRAY -> "an array";
                    case TEXT -> "a string";
                    case NUMBER -> "a number of another kind";
                    case BOOLEAN -> "true or false";
                    case NULL -> "null";
                };
        return malformed("expected " + expected + ", found " + found);
    }
}
