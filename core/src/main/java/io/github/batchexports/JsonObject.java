package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Base of the model's types that are JSON objects of the API: gives them their JSON, and equality by value. */
abstract class JsonObject {

    private final Map<String, @Nullable Object> otherMembers;

    /** Copies the other members. The constructor of the subtype calls {@link #checkOtherMembers} at its end. */
    JsonObject(Map<String, @Nullable Object> otherMembers) {
        this.otherMembers =
                otherMembers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(otherMembers));
    }

    /**
     * Refuses other members that would be written twice, because their accessor has a value.
     *
     * @param names names of the members that have an accessor
     */
    final void checkOtherMembers(Set<String> names) {
        if (otherMembers.isEmpty()) {
            return;
        }
        for (String name : otherMembers.keySet()) {
            if (names.contains(Objects.requireNonNull(name, "name of a member in otherMembers"))
                    && known().contains(name)) {
                throw new IllegalArgumentException("otherMembers must not contain " + name
                        + ": its accessor has a value, so it would be written twice");
            }
        }
    }

    /** Returns the members that have an accessor and a value. */
    abstract MemberMap known();

    /** Returns the values of all accessors. Two objects of a type are equal if these and their other members are. */
    abstract @Nullable Object[] values();

    /**
     * Returns the members without an accessor, and those whose value could not be read, in the order in which they were
     * sent; an unmodifiable map. The values are {@link String}, {@link Boolean}, {@link Integer}, {@link Long},
     * {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link java.util.List}, {@link Map} or null.
     */
    public Map<String, @Nullable Object> otherMembers() {
        return otherMembers;
    }

    /**
     * Returns the JSON object as the API writes it, as an unmodifiable map keyed by the API's names; {@code of} reads it
     * back. Null members are left out, and dates are strings in UTC.
     */
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        return known().with(otherMembers);
    }

    /**
     * Returns {@link #toMap()} as one line of JSON.
     *
     * @throws IllegalArgumentException if {@code otherMembers} contain a value that JSON cannot express
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
