package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/** A file's content did not come whole: its storage refused it, or the transfer broke and could not be continued. */
public final class DownloadException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;
    private final long received;
    private final String reason;

    /**
     * A transfer that ended too soon.
     *
     * @param answer what the storage said, if it refused
     * @param reason what happened, in a few words, without a link: it is a secret for as long as it lives
     * @param isTransient whether trying again may help
     * @param received how many bytes of the file had come
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
                isTransient
                        ? "try again later"
                        : "list the export again, since its files may have changed, and try anew",
                cause);
        this.isTransient = isTransient;
        this.received = received;
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

    /** How many bytes of the file had come, from its start. */
    public long received() {
        return received;
    }
}
