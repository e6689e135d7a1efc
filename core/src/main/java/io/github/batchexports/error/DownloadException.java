package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/** A file was not downloaded completely: its storage refused it, or the transfer broke and could not be continued. */
public final class DownloadException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;
    private final long received;
    private final String reason;

    /**
     * Makes the error of an incomplete transfer.
     *
     * @param answer the storage's error response; null if there is none
     * @param reason what happened, in a few words, without the link, which is a secret while it is valid
     * @param isTransient whether the same download may succeed later
     * @param received the number of bytes received, from the start of the file
     * @param cause the engine's error; null if there is none
     */
    public DownloadException(
            CallContext call,
            @Nullable ErrorResponse answer,
            String reason,
            boolean isTransient,
            long received,
            @Nullable Throwable cause) {
        super(
                call,
                answer,
                (answer == null ? reason : reason + ", " + answer.describe())
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
