package io.github.batchexports.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * HTTP 429: the project's rate limit is exceeded. Transient. The limit is not in the API's documentation; other clients
 * report one request a second for each project key.
 */
public final class RateLimitedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Makes the error of a response with status 429. */
    public RateLimitedException(CallContext call, ErrorResponse answer) {
        super(
                call,
                answer,
                answer.describe(),
                (answer.retryAt() == null ? "retry later" : "retry at " + answer.retryAt())
                        + ", and check that all processes together stay within the limit",
                null);
    }

    /** Returns the time at which the server asks to be called again, at most two minutes ahead; null if it gives none. */
    public @Nullable Instant retryAt() {
        ErrorResponse answer = response();
        return answer == null ? null : answer.retryAt();
    }

    @Override
    public boolean isTransient() {
        return true;
    }
}
