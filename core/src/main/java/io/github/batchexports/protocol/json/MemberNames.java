package io.github.batchexports.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the members of one kind of object, of one document. Objects of a kind mostly have the same members in the same
 * order: so a name is expected to be the one that followed its predecessor the last time, be that in the same object or at the
 * end of the one before, which is quicker to check than a name is to read.
 */
final class MemberNames {

    /** Beyond so many names, and if it is longer, a name is not expected. */
    private static final int MOST = 32;

    private static final int LONGEST = 64;

    private final List<String> model;
    private final List<Name> names = new ArrayList<>();
    private Name last = new Name("");

    /** Of a kind with such names in the model. A string switch is quicker to see that two are the same than that they are equal. */
    MemberNames(List<String> model) {
        this.model = model;
    }

    /** A name, and how it is written: in quotes, before a colon. The first and the last eight bytes are the whole of most. */
    private static final class Name {

        private final String text;
        private final byte[] written;
        private final long head;
        private final long tail;
        private @Nullable Name next;

        Name(String text) {
            this.text = text;
            this.written = ('"' + text + "\":").getBytes(StandardCharsets.US_ASCII);
            this.head = head(written, 0);
            this.tail = tail(written, 0);
        }

        private boolean isShort() {
            return written.length < Long.BYTES;
        }

        private long head(byte[] bytes, int place) {
            return isShort() ? EightBytes.at(bytes, place, written.length) : EightBytes.at(bytes, place);
        }

        private long tail(byte[] bytes, int place) {
            return isShort() ? 0 : EightBytes.at(bytes, place + written.length - Long.BYTES);
        }

        boolean standsAt(byte[] bytes, int place) {
            return head == head(bytes, place)
                    && tail == tail(bytes, place)
                    && (written.length <= 2 * Long.BYTES
                            || Arrays.equals(written, 0, written.length, bytes, place, place + written.length));
        }
    }

    /** Goes on to the name that is expected, if it stands at this place: the length of what stands there, or 0. */
    int goOn(byte[] bytes, int place, int end) {
        Name next = last.next;
        if (next == null || place + next.written.length > end || !next.standsAt(bytes, place)) {
            return 0;
        }
        last = next;
        return next.written.length;
    }

    /** The name that {@link #goOn} went on to. */
    String current() {
        return last.text;
    }

    /** Another name came than was expected: that of the model, if it has one that is equal. */
    String came(String text) {
        Name name = named(text);
        if (name == null) {
            last = new Name("");
            return text;
        }
        last.next = name;
        last = name;
        return name.text;
    }

    private @Nullable Name named(String text) {
        for (Name name : names) {
            if (name.text.equals(text)) {
                return name;
            }
        }
        if (names.size() == MOST || !isExpectable(text)) {
            return null;
        }
        int index = model.indexOf(text);
        Name name = new Name(index < 0 ? text : model.get(index));
        names.add(name);
        return name;
    }

    /** Whether it is not too long, and every character is ASCII and is written as it is. */
    private static boolean isExpectable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                return false;
            }
        }
        return text.length() <= LONGEST;
    }
}
