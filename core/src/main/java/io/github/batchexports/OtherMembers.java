package io.github.batchexports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Copies of the members of a JSON object that the model has no accessor for, or that it could not read. */
final class OtherMembers {

    private OtherMembers() {}

    /**
     * An unmodifiable copy of other members, which keeps order and null values.
     *
     * @param names the members that have an accessor
     * @param set those of them that have a value; one of these would be written twice, so it is refused
     */
    static Map<String, @Nullable Object> copyOf(
            Map<String, @Nullable Object> others, Set<String> names, Supplier<MemberMap> set) {
        if (others.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(others);
        for (String name : copy.keySet()) {
            if (names.contains(Objects.requireNonNull(name, "name of another member"))
                    && set.get().contains(name)) {
                throw new IllegalArgumentException("otherMembers must not hold " + name
                        + ": its accessor has a value, so it would be written twice");
            }
        }
        return Collections.unmodifiableMap(copy);
    }

    /** A copy that is unmodifiable at every depth. */
    static Map<String, @Nullable Object> frozen(Map<?, ?> members) {
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
