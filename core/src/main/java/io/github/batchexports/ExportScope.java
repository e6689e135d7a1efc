package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * The scope of an export request. The <a href="https://doc.batch.com/developer/api/cep/exports/list">API's
 * documentation</a> shows one scope; other values that the API sends are kept as they are. Scopes are equal and ordered
 * by their text. Immutable.
 *
 * @param text the scope as the API writes it
 */
public record ExportScope(String text) implements Comparable<ExportScope> {

    /** Attributes of profiles. */
    public static final ExportScope PROFILE_ATTRIBUTES = new ExportScope("PROFILE_ATTRIBUTES");

    /** Creates a scope; {@link #of} returns the constant of the known one. */
    public ExportScope {
        Objects.requireNonNull(text, "text");
    }

    /** Returns the scope with this text: its constant if it is the known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportScope of(String text) {
        return text.equals(PROFILE_ATTRIBUTES.text) ? PROFILE_ATTRIBUTES : new ExportScope(text);
    }

    /** Compares the texts, by {@link String#compareTo}. */
    @Override
    public int compareTo(ExportScope other) {
        return text.compareTo(other.text);
    }

    /** Returns the text. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
