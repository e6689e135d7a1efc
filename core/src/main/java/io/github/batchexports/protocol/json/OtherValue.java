package io.github.batchexports.protocol.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that the model does not know, kept as it is: numbers exactly, order and nulls included. */
final class OtherValue {

    private OtherValue() {}

    /** Reads the value that comes next. The reader bounds how deep it goes. */
    static @Nullable Object read(JsonReader json) {
        return switch (json.peek()) {
            case OBJECT -> object(json);
            case ARRAY -> array(json);
            case TEXT -> json.text();
            case NUMBER -> json.number();
            case BOOLEAN -> json.bool();
            case NULL -> {
                json.consumeNull();
                yield null;
            }
        };
    }

    /** Refuses a name with half a surrogate pair, which could not be written again. */
    static void checkName(JsonReader json, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                if (Character.charCount(name.codePointAt(i)) == 1) {
                    throw json.notJson();
                }
                i++;
            }
        }
    }

    private static Map<String, @Nullable Object> object(JsonReader json) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        json.beginObject();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            checkName(json, name);
            members.put(name, read(json));
        }
        return Collections.unmodifiableMap(members);
    }

    private static List<@Nullable Object> array(JsonReader json) {
        List<@Nullable Object> elements = new ArrayList<>();
        json.beginArray();
        while (json.nextElement()) {
            elements.add(read(json));
        }
        return Collections.unmodifiableList(elements);
    }
}
