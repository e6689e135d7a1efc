package io.github.batchexports.protocol.json;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.MalformedResponseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document (RFC 8259, UTF-8) from an array, value by value, in the order that it stands there. What is no
 * JSON, and what is over a limit, ends in a {@link MalformedResponseException} with the path of the fault.
 *
 * <p>Made for answers of the API: a text that needs no decoding is found eight bytes at a time and copied once, or not at
 * all if it is a known one.
 */
final class JsonReader extends JsonValues {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private boolean first;

    JsonReader(byte[] bytes, int length, CallContext call, SharedTexts texts) {
        super(bytes, length, call, texts);
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
        return goesOn('}') ? name() : null;
    }

    /** The same for an object of a kind whose members mostly come in the same order. */
    @Nullable
    String nextName(MemberNames names) {
        if (!goesOn('}')) {
            return null;
        }
        int length = names.goOn(bytes, position, end);
        if (length > 0) {
            path.atName(position + 1);
            position += length;
            return names.current();
        }
        return names.came(name());
    }

    private String name() {
        if (next() != '"') {
            throw notJson();
        }
        int start = position + 1;
        String name = sharedText();
        path.atName(start);
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
}
