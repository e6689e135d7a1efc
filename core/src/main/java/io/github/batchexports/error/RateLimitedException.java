package io.github.batchexports.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * HTTP 429: the project's rate limit is exceeded. Transient. The limit is not in the API's documentation; other clients
 * report one request per second and project key.
 */
public final class RateLimitedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Creates the error of a response with status 429. */
    public RateLimitedException(CallContext call, ErrorResponse response) {
        super(
                call,
                response,
                response.describe(),
                (response.retryAt() == null ? "retry later" : "retry at " + response.retryAt())
                        + ", and check that all processes together stay within the limit",
                null);
    }

    /** Returns the time at which the server asks to be called again, at most two minutes ahead; null if it gives none. */
    public @Nullable Instant retryAt() {
        ErrorResponse response = response();
        return response == null ? null : response.retryAt();
    }

    @Override
    public boolean isTransient() {
        return true;
    }
}
