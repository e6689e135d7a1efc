package io.github.batchexports.protocol.json;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;

/** The bytes of one document, how far they were read, and what is wrong at that place. */
abstract class JsonInput {

    /** What a value is, by its first byte. */
    enum Kind {
        OBJECT,
        ARRAY,
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    final byte[] bytes;
    final int end;
    final JsonPath path;
    int position;

    private final CallContext call;

    JsonInput(byte[] bytes, int length, CallContext call) {
        this.bytes = bytes;
        this.end = length;
        this.path = new JsonPath(new JsonText(bytes, length));
        this.call = call;
    }

    /** The next byte that is not blank, which is not passed over. */
    final byte next() {
        if (position < end && bytes[position] > ' ') {
            return bytes[position];
        }
        skipBlanks();
        if (position == end) {
            throw endsInTheMiddle();
        }
        return bytes[position];
    }

    final void skipBlanks() {
        while (position < end && isBlank(bytes[position])) {
            position++;
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\r' || octet == '\t';
    }

    /** What comes next. */
    final Kind peek() {
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

    final void expect(char open, String words) {
        if (next() != open) {
            throw wrongType(words);
        }
        position++;
    }

    final MalformedResponseException malformed(String reason) {
        return new MalformedResponseException(call, path.toString(), reason);
    }

    final MalformedResponseException wrongType(String expected) {
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

    final MalformedResponseException missing(String name) {
        return new MalformedResponseException(call, path + "." + name, "missing, though every export has one");
    }

    final MalformedResponseException overLimit() {
        return malformed(PageDecoder.OVER_LIMIT);
    }

    private MalformedResponseException endsInTheMiddle() {
        return malformed("it ends in the middle");
    }

    /** What is wrong with a value that breaks off at a place. */
    final MalformedResponseException brokenAt(int place) {
        position = place;
        return place == end ? endsInTheMiddle() : notJson();
    }

    /** Names the place, never what stands there. */
    final MalformedResponseException notJson() {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(position, end); i++) {
            if (bytes[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return malformed("not valid JSON (line " + line + ", column " + (position - lineStart + 1) + ")");
    }
}
