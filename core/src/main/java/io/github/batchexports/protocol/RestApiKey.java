package io.github.batchexports.protocol;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The REST API key, in a type that does not print it. One key serves every project of a company, so a leak gives
 * everything away.
 */
public final class RestApiKey {

    private static final String MASK = "***";

    /** How many keys are masked, this one included: what was in use while one replaced the other. */
    private static final int MAX_MASKED = 8;

    private final String key;
    private final List<String> masked;

    private RestApiKey(String key, List<String> masked) {
        this.key = key;
        this.masked = masked;
    }

    /**
     * Takes a key as the dashboard shows it.
     *
     * @throws IllegalArgumentException if the key is null or empty, or has a character that a header cannot have; the
     *     message names the option, never the key
     */
    public static RestApiKey of(String key) {
        HeaderText.check("restApiKey", key);
        return new RestApiKey(key, List.of(key));
    }

    /** Returns this key, which masks the last ones before it too. */
    public RestApiKey replacing(RestApiKey before) {
        return new RestApiKey(
                key,
                Stream.concat(Stream.of(key), before.masked.stream())
                        .distinct()
                        .limit(MAX_MASKED)
                        .toList());
    }

    /** Whether this is the key with this text. */
    public boolean is(String text) {
        return key.equals(text);
    }

    /** The value of the {@code Authorization} header. */
    public String authorization() {
        return "Bearer " + key;
    }

    /** The text with the key masked, for what came from outside and may be printed. */
    public @Nullable String redact(@Nullable String text) {
        String redacted = text;
        for (String secret : masked) {
            redacted = redacted == null ? null : redacted.replace(secret, MASK);
        }
        return redacted;
    }

    /** Whether the key stands in the text of this failure, its causes and what it suppressed. */
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

    /** The mask. */
    @Override
    public String toString() {
        return MASK;
    }
}
