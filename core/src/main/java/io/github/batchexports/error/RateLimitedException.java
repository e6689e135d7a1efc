package io.github.batchexports.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The project used up its rate (HTTP 429). Other clients of this API report about one request a second for each project
 * key.
 */
public final class RateLimitedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** A refusal until the answer's {@link ErrorResponse#retryAt()}. */
    public RateLimitedException(CallContext call, ErrorResponse answer) {
        super(
                call,
                answer,
                answer.describe(),
                (answer.retryAt() == null ? "come back later" : "come back at " + answer.retryAt())
                        + ", and see that all instances together stay within the limit",
                null);
    }

    /** When to come back, by the word of the server (at most two minutes ahead); null when it named no time. */
    public @Nullable Instant retryAt() {
        ErrorResponse answer = response();
        return answer == null ? null : answer.retryAt();
    }

    @Override
    public boolean isTransient() {
        return true;
    }
}
