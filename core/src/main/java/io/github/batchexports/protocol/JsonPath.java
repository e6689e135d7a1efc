package io.github.batchexports.protocol;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Where a parser stands, for messages. */
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

    private JsonPath() {}

    /** The path as far as its names are the model's: others are payload, which no message shows. */
    static String of(JsonStreamContext current) {
        Deque<JsonStreamContext> levels = new ArrayDeque<>();
        for (JsonStreamContext level = current; level != null; level = level.getParent()) {
            levels.push(level);
        }
        StringBuilder path = new StringBuilder("$");
        for (JsonStreamContext level : levels) {
            if (level.inObject() && level.getCurrentName() != null) {
                if (!KNOWN.contains(level.getCurrentName())) {
                    break;
                }
                path.append('.').append(level.getCurrentName());
            } else if (level.inArray() && level.hasCurrentIndex()) {
                path.append('[').append(level.getCurrentIndex()).append(']');
            }
        }
        return path.toString();
    }
}
