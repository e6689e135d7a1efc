package io.github.batchexports.error;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A call as its errors describe it. Immutable; contains no secret.
 *
 * @param operation what the call does
 * @param from the cursor of the requested page; null for the first page of a listing and for calls without a cursor
 * @param id the id of the export or the file that the call is for; null for calls without one
 * @param attempt the number of the attempt, from 1; 0 if none was made
 */
public record CallContext(
        Operation operation,
        @Nullable String from,
        @Nullable String id,
        int attempt) implements Serializable {

    /** Creates the context of a call without an id. */
    public CallContext(Operation operation, @Nullable String from, int attempt) {
        this(operation, from, null, attempt);
    }

    /** Returns the context of a first attempt at a call without an id. */
    public static CallContext of(Operation operation, @Nullable String from) {
        return new CallContext(operation, from, 1);
    }

    /** Returns the context of a first attempt at a call for one export or file. */
    public static CallContext ofId(Operation operation, String id) {
        return new CallContext(operation, null, id, 1);
    }

    /** Returns the context of another attempt at the same call, counted from 1. */
    public CallContext withAttempt(int number) {
        return new CallContext(operation, from, id, number);
    }
}
