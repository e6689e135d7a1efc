package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/**
 * No complete response arrived: the connection failed or broke, or the response came too late. Transient, unless it would
 * fail the same way again, as for a certificate that is not trusted.
 */
public final class TransportException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;
    private final String reason;

    /**
     * Creates the error of a failed exchange.
     *
     * @param reason what happened, in a few words
     * @param isTransient whether the same call may succeed later; false for a certificate that is not trusted
     * @param cause the HTTP client's error; null if there is none
     */
    public TransportException(CallContext call, String reason, boolean isTransient, @Nullable Throwable cause) {
        super(
                call,
                null,
                reason,
                isTransient ? "check the network, then try again" : "check the base URL, its certificate and the proxy",
                cause);
        this.isTransient = isTransient;
        this.reason = reason;
    }

    /** Returns what happened, in a few words. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isTransient() {
        return isTransient;
    }
}
