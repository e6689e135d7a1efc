package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/** No whole answer arrived: no connection, a broken one, or none in time. */
public final class TransportException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;
    private final String reason;

    /**
     * A failure on the way.
     *
     * @param reason what happened, in a few words
     * @param isTransient whether trying again may help; a refused certificate will not change
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

    /** What happened, in a few words. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isTransient() {
        return isTransient;
    }
}
