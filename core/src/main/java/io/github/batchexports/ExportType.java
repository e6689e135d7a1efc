package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The type of an export. The constants are the known types; other values that the API sends are kept as they are. Types
 * are equal and ordered by their text. Immutable.
 *
 * @param text the type as the API writes it
 */
public record ExportType(String text) implements Comparable<ExportType> {

    /** Attributes and identifiers of profiles. */
    public static final ExportType ATTRIBUTES = new ExportType("ATTRIBUTES");

    /** Events of profiles in a period of time. Not mentioned in the API's documentation of the list. */
    public static final ExportType EVENTS = new ExportType("EVENTS");

    /** The channels by which profiles can be reached. Not mentioned in the API's documentation of the list. */
    public static final ExportType REACHABILITY = new ExportType("REACHABILITY");

    /** Creates a type; {@link #of} returns the constant of a known one. */
    public ExportType {
        Objects.requireNonNull(text, "text");
    }

    /** Returns the type with this text: its constant if it is a known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportType of(String text) {
        return switch (text) {
            case "ATTRIBUTES" -> ATTRIBUTES;
            case "EVENTS" -> EVENTS;
            case "REACHABILITY" -> REACHABILITY;
            default -> new ExportType(text);
        };
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
