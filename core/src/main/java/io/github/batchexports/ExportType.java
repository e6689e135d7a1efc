package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * Which kind of export was asked for. Batch's documentation shows one type; others exist ({@code EVENTS},
 * {@code REACHABILITY}) and are kept as they are. Two types are equal when their texts are.
 *
 * @param text the type as the API writes it
 */
public record ExportType(String text) {

    /** Attributes and identifiers of profiles. */
    public static final ExportType ATTRIBUTES = new ExportType("ATTRIBUTES");

    public ExportType {
        Objects.requireNonNull(text, "text");
    }

    /** The type of a text: the constant when it is a known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportType of(String text) {
        return text.equals(ATTRIBUTES.text) ? ATTRIBUTES : new ExportType(text);
    }

    /** The text. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
