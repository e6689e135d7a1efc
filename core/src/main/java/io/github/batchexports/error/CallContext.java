package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/**
 * What was asked when a call failed.
 *
 * @param operation what the call does
 * @param from the cursor of the page asked for; null for a listing's first page and for calls that have no cursor
 * @param attempt which attempt at the same call this was, from 1; 0 when no attempt was made
 */
public record CallContext(Operation operation, @Nullable String from, int attempt) {

    /** A context of the first attempt. */
    public static CallContext of(Operation operation, @Nullable String from) {
        return new CallContext(operation, from, 1);
    }

    /** The same call, in another attempt. */
    public CallContext withAttempt(int number) {
        return new CallContext(operation, from, number);
    }
}
