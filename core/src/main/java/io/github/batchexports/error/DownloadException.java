package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/**
 * A file was not downloaded completely: its storage refused, or the transfer broke off and could not be resumed. Transient
 * if that may pass, such as a broken connection or a status 503 of the storage.
 */
public final class DownloadException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;
    private final long received;
    private final String reason;

    /**
     * Creates the error of an incomplete transfer.
     *
     * @param response the storage's error response; null if there is none
     * @param reason what happened, in a few words, without the link: it is a secret as long as it is valid
     * @param isTransient whether the same download may succeed later
     * @param received the number of bytes received, from the start of the file
     * @param cause the HTTP client's error; null if there is none
     */
    public DownloadException(
            CallContext call,
            @Nullable ErrorResponse response,
            String reason,
            boolean isTransient,
            long received,
            @Nullable Throwable cause) {
        super(
                call,
                response,
                (response == null ? reason : reason + ", " + response.describe())
                        + (received > 0 ? ", after " + received + " bytes" : ""),
                isTransient ? "try again later" : "list the export again, since its files may have changed, and retry",
                cause);
        this.isTransient = isTransient;
        this.received = received;
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

    /** Returns the number of bytes received, from the start of the file. */
    public long received() {
        return received;
    }
}
