package io.github.batchexports.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the members of one kind of object, of one document. Objects of a kind mostly have the same members in the same
 * order: so a name is expected to be the one that followed its predecessor the last time, which is quicker to check than a
 * name is to read.
 */
final class MemberNames {

    /** Beyond so many names, new ones are not expected again. */
    private static final int MOST = 32;

    private final Name start = new Name("");
    private final List<Name> names = new ArrayList<>();
    private Name last = start;

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

    /** An object of the kind begins. */
    void restart() {
        last = start;
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

    /**
     * Another name came than was expected.
     *
     * @param plain whether its characters are written as they are
     */
    void came(String text, boolean plain) {
        if (plain) {
            Name name = known(text);
            last.next = name;
            last = name;
        } else {
            last = new Name("");
        }
    }

    private Name known(String text) {
        for (Name name : names) {
            if (name.text.equals(text)) {
                return name;
            }
        }
        Name name = new Name(text);
        if (names.size() < MOST) {
            names.add(name);
        }
        return name;
    }
}
