package io.github.batchexports.protocol.json;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a reader stands, for messages. */
final class JsonPath {

    private static final Set<String> KNOWN = Set.of(
            "exports",
            "count",
            "has_more",
            "next_from",
            "id",
            "request_date",
            "completion_date",
            "start_date",
            "scope",
            "status",
            "files",
            "part",
            "size",
            "url",
            "request",
            "export_type",
            "attributes",
            "identifiers",
            "filter",
            "segment");

    private static final int NO_NAME = -1;
    private static final int OBJECT = -2;
    private static final int BEFORE_FIRST = -1;

    private final JsonText text;
    private int depth;
    private int[] names = new int[16];
    private int[] elements = new int[16];

    /** In a document; the text is to read names with. */
    JsonPath(JsonText text) {
        this.text = text;
    }

    int depth() {
        return depth;
    }

    void enterObject() {
        enter(OBJECT);
    }

    void enterArray() {
        enter(BEFORE_FIRST);
    }

    private void enter(int element) {
        if (++depth == elements.length) {
            names = Arrays.copyOf(names, depth * 2);
            elements = Arrays.copyOf(elements, depth * 2);
        }
        names[depth] = NO_NAME;
        elements[depth] = element;
    }

    /** Only remembers where the name begins, since messages are rare. */
    void atName(int place) {
        names[depth] = place;
    }

    void atNextElement() {
        elements[depth]++;
    }

    void leave() {
        depth--;
    }

    /** The path as far as its names are the model's: others are payload, which no message shows. */
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder("$");
        for (int level = 1; level <= depth; level++) {
            if (names[level] != NO_NAME) {
                String name = name(names[level]);
                if (name == null || !KNOWN.contains(name)) {
                    break;
                }
                path.append('.').append(name);
            } else if (elements[level] >= 0) {
                path.append('[').append(elements[level]).append(']');
            }
        }
        return path.toString();
    }

    private @Nullable String name(int place) {
        text.scan(place);
        return text.decoded();
    }
}
