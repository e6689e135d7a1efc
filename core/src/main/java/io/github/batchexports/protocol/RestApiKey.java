package io.github.batchexports.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The REST API key, in a type that does not print it. One key serves every project of a company, so a leak gives
 * everything away.
 */
public final class RestApiKey {

    private static final String MASK = "***";

    private final String key;

    private RestApiKey(String key) {
        this.key = key;
    }

    /**
     * Takes a key as the dashboard shows it.
     *
     * @throws IllegalArgumentException if the key is null or empty, or has a character that a header cannot have; the
     *     message names the option, never the key
     */
    public static RestApiKey of(String key) {
        HeaderText.check("restApiKey", key);
        return new RestApiKey(key);
    }

    /** The value of the {@code Authorization} header. */
    public String authorization() {
        return "Bearer " + key;
    }

    /** The text with the key masked, for what came from outside and may be printed. */
    public @Nullable String redact(@Nullable String text) {
        return text == null ? null : text.replace(key, MASK);
    }

    /** Whether the key stands in the text of this failure, its causes and what it suppressed. */
    public boolean appearsIn(Throwable failure) {
        return appearsIn(failure, 0);
    }

    private boolean appearsIn(@Nullable Throwable failure, int depth) {
        if (failure == null || depth > 20) {
            return false;
        }
        if (String.valueOf(failure).contains(key) || appearsIn(failure.getCause(), depth + 1)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (appearsIn(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** The mask. */
    @Override
    public String toString() {
        return MASK;
    }
}
