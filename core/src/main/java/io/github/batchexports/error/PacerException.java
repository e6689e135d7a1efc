package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/** The application's pacer gave no permit, so the call was not made. Not transient. */
public final class PacerException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /**
     * Creates the error of a call without a permit.
     *
     * @param reason what the pacer did, in a few words
     * @param cause what the pacer threw; null if it threw nothing
     */
    public PacerException(CallContext call, String reason, @Nullable Throwable cause) {
        super(
                call,
                null,
                "the pacer gave no permit: " + reason,
                "check that what the pacer asks can be reached",
                cause);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
