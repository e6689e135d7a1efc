package io.github.batchexports;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a JSON object for the model. A reader is a function that returns null for a value that it cannot
 * read; such a value stays among {@link #others()}. JSON null is the same as an absent member.
 */
final class MemberReader {

    private final Map<String, @Nullable Object> unread;

    MemberReader(Map<String, ?> json) {
        this.unread = new LinkedHashMap<>(json);
    }

    /** Reads a member; returns null if it is absent, null or unreadable. */
    <T> @Nullable T read(String name, Function<Object, @Nullable T> reader) {
        Object value = unread.get(name);
        T read = value == null ? null : reader.apply(value);
        if (value == null || read != null) {
            unread.remove(name);
        }
        return read;
    }

    /**
     * Reads a member; returns null if it is absent or null.
     *
     * @throws IllegalArgumentException if it is unreadable; the message does not quote it
     */
    <T> @Nullable T readOrRefuse(String name, Function<Object, @Nullable T> reader, String what) {
        T read = read(name, reader);
        if (unread.containsKey(name)) {
            throw new IllegalArgumentException(name + " is not " + what);
        }
        return read;
    }

    /**
     * Reads a required member.
     *
     * @throws IllegalArgumentException if it is absent, null or unreadable; the message does not quote it
     */
    <T> T require(String name, Function<Object, @Nullable T> reader, String what) {
        T read = readOrRefuse(name, reader, what);
        if (read == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return read;
    }

    /** Returns the members that were not read, in their order; unmodifiable at every depth. */
    Map<String, @Nullable Object> others() {
        return frozen(unread);
    }

    static @Nullable String string(Object value) {
        return value instanceof String string ? string : null;
    }

    static @Nullable Boolean bool(Object value) {
        return value instanceof Boolean bool ? bool : null;
    }

    static @Nullable Integer integer(Object value) {
        Long number = wholeNumber(value);
        return number == null || number != number.intValue() ? null : (Integer) number.intValue();
    }

    static @Nullable Long wholeNumber(Object value) {
        if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || (value instanceof BigInteger big && big.bitLength() < Long.SIZE)) {
            return ((Number) value).longValue();
        }
        return null;
    }

    static @Nullable Instant date(Object value) {
        return value instanceof String string ? Rfc3339.parseOrNull(string) : null;
    }

    /** Returns a reader of strings that are converted to another type. */
    static <T> Function<Object, @Nullable T> string(Function<String, T> converter) {
        return value -> value instanceof String string ? converter.apply(string) : null;
    }

    /** Returns a reader of arrays. An array is unreadable if one of its elements is. */
    static <T> Function<Object, @Nullable List<T>> list(Function<Object, @Nullable T> element) {
        return value -> {
            if (!(value instanceof List<?> elements)) {
                return null;
            }
            List<T> list = new ArrayList<>(elements.size());
            for (Object each : elements) {
                T read = each == null ? null : element.apply(each);
                if (read == null) {
                    return null;
                }
                list.add(read);
            }
            return Collections.unmodifiableList(list);
        };
    }

    /** Returns a reader of objects. */
    static <T> Function<Object, @Nullable T> object(Function<Map<String, ?>, T> type) {
        return value -> {
            if (!(value instanceof Map<?, ?> map)) {
                return null;
            }
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                if (!(member.getKey() instanceof String name)) {
                    return null;
                }
                json.put(name, member.getValue());
            }
            return type.apply(json);
        };
    }

    /** Returns a copy that is unmodifiable at every depth. */
    private static Map<String, @Nullable Object> frozen(Map<?, ?> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put(String.valueOf(name), frozenValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object frozenValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return frozen(members);
        }
        if (value instanceof List<?> elements) {
            List<@Nullable Object> copy = new ArrayList<>(elements.size());
            elements.forEach(element -> copy.add(frozenValue(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
