package io.github.batchexports;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * What an export is about. Batch's documentation shows one scope; others exist and are kept as they are. Two scopes are
 * equal when their texts are.
 *
 * @param text the scope as the API writes it
 */
public record ExportScope(String text) {

    /** Attributes of profiles. */
    public static final ExportScope PROFILE_ATTRIBUTES = new ExportScope("PROFILE_ATTRIBUTES");

    public ExportScope {
        Objects.requireNonNull(text, "text");
    }

    /** The scope of a text: the constant when it is a known one. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ExportScope of(String text) {
        return text.equals(PROFILE_ATTRIBUTES.text) ? PROFILE_ATTRIBUTES : new ExportScope(text);
    }

    /** The text. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
