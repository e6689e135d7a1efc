package io.github.batchexports.protocol;

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

    private static final int OBJECT = -2;
    private static final int BEFORE_FIRST = -1;

    private int depth;
    private @Nullable String[] names = new @Nullable String[16];
    private int[] elements = new int[16];

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
        names[depth] = null;
        elements[depth] = element;
    }

    void atName(String name) {
        names[depth] = name;
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
            String name = names[level];
            if (name != null) {
                if (!KNOWN.contains(name)) {
                    break;
                }
                path.append('.').append(name);
            } else if (elements[level] >= 0) {
                path.append('[').append(elements[level]).append(']');
            }
        }
        return path.toString();
    }
}
