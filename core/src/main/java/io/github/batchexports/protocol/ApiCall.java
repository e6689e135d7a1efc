package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One call to make: a {@code GET}, or a {@code POST} of a body.
 *
 * @param context what is asked, for errors
 * @param uri where, absolute, with its query encoded
 * @param body the JSON to post; null for a {@code GET}
 */
public record ApiCall(
        CallContext context, URI uri, @Nullable String body) {

    /** Makes a {@code GET}. */
    public ApiCall(CallContext context, URI uri) {
        this(context, uri, null);
    }

    /** The same call, in another attempt. */
    public ApiCall withAttempt(int number) {
        return new ApiCall(context.withAttempt(number), uri, body);
    }
}
