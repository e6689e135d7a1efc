package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/** The application's supplier of REST API keys gave no valid key, so the call was not made. Not transient. */
public final class RestApiKeyException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the error of a call without a key.
     *
     * @param reason what is wrong, in a few words, without the key
     * @param cause what the supplier threw; null if it threw nothing
     */
    public RestApiKeyException(CallContext call, String reason, @Nullable Throwable cause) {
        super(call, null, "restApiKeySupplier gave no key: " + reason, "check where it takes the key from", cause);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
