package io.github.batchexports.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server said when it refused a call. Both texts are on one line, without control characters, and short enough
 * to log.
 *
 * @param status the HTTP status
 * @param code the {@code error_code} of the body, such as {@code AUTHENTICATION_INVALID}; null when there was none
 * @param message the {@code error_message} of the body, or what came in place of a body of the API's, cut to 300
 *     characters; null when there was none
 * @param retryAt when the server asks to be called again; null when it named no time
 */
public record ErrorResponse(
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable Instant retryAt) {

    private static final int MAX_MESSAGE = 300;
    private static final int MAX_CODE = 100;

    /** Makes both texts fit to print. */
    public ErrorResponse {
        code = code == null ? null : LogText.of(code, MAX_CODE);
        message = message == null ? null : LogText.of(message, MAX_MESSAGE);
    }

    /** An answer that names no time to come back. */
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
