package io.github.batchexports.protocol;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The REST API key, in a type that does not print it. One key serves all projects of a company, so a leak exposes them
 * all. Immutable.
 */
public final class RestApiKey {

    private static final String MASK = "***";

    /** Maximum number of masked keys, this one included: calls with earlier keys may still be under way. */
    private static final int MAX_MASKED = 8;

    private final String key;
    private final List<String> masked;

    private RestApiKey(String key, List<String> masked) {
        this.key = key;
        this.masked = masked;
    }

    /**
     * Creates a key from the text that the dashboard shows.
     *
     * @throws IllegalArgumentException if the key is null or empty, or has a character that is not visible ASCII; the
     *     message names the option, never the key
     */
    public static RestApiKey of(String key) {
        HeaderText.check("restApiKey", key);
        return new RestApiKey(key, List.of(key));
    }

    /** Returns this key so that it masks the previous key, and the last ones before that, as well. */
    public RestApiKey replacing(RestApiKey previous) {
        return new RestApiKey(
                key,
                Stream.concat(Stream.of(key), previous.masked.stream())
                        .distinct()
                        .limit(MAX_MASKED)
                        .toList());
    }

    /** Returns whether this key has this text. */
    public boolean is(String text) {
        return key.equals(text);
    }

    /** Returns the value of the {@code Authorization} header, which contains the key. */
    public String authorization() {
        return "Bearer " + key;
    }

    /** Returns foreign text that may be printed, with the key masked; null for null. */
    public @Nullable String redact(@Nullable String text) {
        String redacted = text;
        for (String secret : masked) {
            redacted = redacted == null ? null : redacted.replace(secret, MASK);
        }
        return redacted;
    }

    /** Returns whether the key appears in the text of this failure, of its causes or of its suppressed failures. */
    public boolean appearsIn(Throwable failure) {
        return appearsIn(failure, 0);
    }

    private boolean appearsIn(@Nullable Throwable failure, int depth) {
        if (failure == null || depth > 20) {
            return false;
        }
        if (masked.stream().anyMatch(String.valueOf(failure)::contains) || appearsIn(failure.getCause(), depth + 1)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (appearsIn(suppressed, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the mask. */
    @Override
    public String toString() {
        return MASK;
    }
}
