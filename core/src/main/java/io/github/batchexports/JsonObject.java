package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the types of the model share that are JSON objects of the API's: their JSON, and equality by value. */
abstract class JsonObject {

    private final Map<String, @Nullable Object> otherMembers;

    /** Takes a copy of the other members; {@link #checkOtherMembers} is to be called once the accessors have their values. */
    JsonObject(Map<String, @Nullable Object> otherMembers) {
        this.otherMembers =
                otherMembers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(otherMembers));
    }

    /**
     * Refuses other members that would be written twice, since their accessor has a value.
     *
     * @param names the members that have an accessor
     */
    final void checkOtherMembers(Set<String> names) {
        for (String name : otherMembers.keySet()) {
            if (names.contains(Objects.requireNonNull(name, "name of another member")) && known().contains(name)) {
                throw new IllegalArgumentException("otherMembers must not contain " + name
                        + ": its accessor has a value, so it would be written twice");
            }
        }
    }

    /** The members that have an accessor and a value. */
    abstract MemberMap known();

    /** The values of all accessors, which make two objects of a type equal together with the other members. */
    abstract @Nullable Object[] values();

    /**
     * Returns the members without an accessor, and those that could not be read, in the order in which they came; an
     * unmodifiable map. The values are {@link String}, {@link Boolean}, {@link Integer}, {@link Long},
     * {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link java.util.List}, {@link Map} or null.
     */
    public Map<String, @Nullable Object> otherMembers() {
        return otherMembers;
    }

    /**
     * Returns the JSON object as the API writes it, as an unmodifiable map by the API's names; {@code of} reads it back.
     * Members that are null are left out, and dates are strings in UTC.
     */
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        return known().with(otherMembers);
    }

    /**
     * Returns {@link #toMap()} as one line of JSON.
     *
     * @throws IllegalArgumentException if {@code otherMembers} hold a value that JSON cannot express
     */
    public String toJson() {
        return JsonWriter.of(toMap());
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof JsonObject that
                        && getClass() == that.getClass()
                        && Arrays.equals(values(), that.values())
                        && otherMembers.equals(that.otherMembers));
    }

    @Override
    public final int hashCode() {
        return 31 * Arrays.hashCode(values()) + otherMembers.hashCode();
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + toMap();
    }
}
