package io.github.batchexports.error;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An error response of the server. Code and message are safe to log: one line each, without control characters and without
 * the REST API key. Immutable.
 *
 * @param status the HTTP status
 * @param code the {@code error_code} of the body, such as {@code AUTHENTICATION_INVALID}, at most 100 characters; null if
 *     there is none
 * @param message the {@code error_message} of the body, or a description of a body that is not the API's, at
 *     most 300 characters; null if there is none
 * @param retryAt the time at which the server asks to be called again; null if it gives none
 */
public record ErrorResponse(
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable Instant retryAt) implements Serializable {

    private static final int MAX_MESSAGE = 300;
    private static final int MAX_CODE = 100;

    /** Truncates code and message, and removes control characters from them. */
    public ErrorResponse {
        code = code == null ? null : LogText.of(code, MAX_CODE);
        message = message == null ? null : LogText.of(message, MAX_MESSAGE);
    }

    /** Creates a response without {@code retryAt}. */
    public ErrorResponse(int status, @Nullable String code, @Nullable String message) {
        this(status, code, message, null);
    }

    String describe() {
        StringBuilder text = new StringBuilder("HTTP ").append(status);
        if (code != null) {
            text.append(' ').append(code);
        }
        if (message != null) {
            text.append(" \"").append(message).append('"');
        }
        return text.toString();
    }
}
