package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The type of an export. The API's documentation shows one type; others that the API sends, such as {@code EVENTS} and
 * {@code REACHABILITY}, are kept as they are. Two types are equal if their texts are, and are ordered by their texts.
 *
 * @param text the type as the API writes it
 */
public record ExportType(String text) implements Comparable<ExportType> {

    /** Attributes and identifiers of profiles. */
    public static final ExportType ATTRIBUTES = new ExportType("ATTRIBUTES");

    /** Makes a type; {@link #of} returns the constant for the known one. */
    public ExportType {
        Objects.requireNonNull(text, "text");
    }

    /** Returns the type with this text: the constant if it is the known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportType of(String text) {
        return text.equals(ATTRIBUTES.text) ? ATTRIBUTES : new ExportType(text);
    }

    /** Compares the texts, by {@link String#compareTo}. */
    @Override
    public int compareTo(ExportType other) {
        return text.compareTo(other.text);
    }

    /** Returns the text. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
