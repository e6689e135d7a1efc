package io.github.batchexports.protocol;

import io.github.batchexports.error.CallContext;
import java.net.URI;

/**
 * One call to make: a {@code GET} without a body.
 *
 * @param context what is asked, for errors
 * @param uri where, absolute, with its query encoded
 */
public record ApiCall(CallContext context, URI uri) {

    /** The same call, in another attempt. */
    public ApiCall withAttempt(int number) {
        return new ApiCall(context.withAttempt(number), uri);
    }
}
