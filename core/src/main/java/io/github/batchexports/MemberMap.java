package io.github.batchexports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the members of a JSON object that the model writes. Null values are left out. */
final class MemberMap {

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    MemberMap put(String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** Puts a value that is written as a string, such as a date or a status. */
    MemberMap putString(String name, @Nullable Object value) {
        return put(name, value == null ? null : value.toString());
    }

    <T> MemberMap putList(String name, List<T> values, Function<T, ?> toJson) {
        List<Object> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(toJson.apply(value)));
        return put(name, Collections.unmodifiableList(list));
    }

    boolean contains(String name) {
        return members.containsKey(name);
    }

    /** Returns the members that were put, followed by these. */
    Map<String, @Nullable Object> with(Map<String, @Nullable Object> others) {
        members.putAll(others);
        return Collections.unmodifiableMap(members);
    }
}
