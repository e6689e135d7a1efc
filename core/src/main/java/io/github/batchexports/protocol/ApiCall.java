package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A call to make: a {@code GET}, or a {@code POST} of a body. Immutable.
 *
 * @param context what the call does, for its errors
 * @param uri absolute URI, with its query encoded
 * @param body the JSON to post; null for a {@code GET}
 */
public record ApiCall(
        CallContext context, URI uri, @Nullable String body) {

    /** Creates a {@code GET}. */
    public ApiCall(CallContext context, URI uri) {
        this(context, uri, null);
    }

    /** Returns another attempt at the same call, counted from 1. */
    public ApiCall withAttempt(int number) {
        return new ApiCall(context.withAttempt(number), uri, body);
    }
}
