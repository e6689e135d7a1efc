package io.github.batchexports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies of what a JSON object had besides the members that the model knows. */
final class UnknownMembers {

    private UnknownMembers() {}

    /**
     * An unmodifiable copy that keeps order and null values.
     *
     * @param known the members that have an accessor: one of them would be written twice, so it is refused
     */
    static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> members, List<String> known) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        for (String name : copy.keySet()) {
            if (known.contains(Objects.requireNonNull(name, "name of another member"))) {
                throw new IllegalArgumentException(
                        "otherMembers must not hold " + name + ", which has an accessor of its own");
            }
        }
        return Collections.unmodifiableMap(copy);
    }
}
