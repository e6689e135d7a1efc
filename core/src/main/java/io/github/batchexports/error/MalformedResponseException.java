package io.github.batchexports.error;

/** A whole answer arrived that is not what the API sends, or is larger than allowed. */
public final class MalformedResponseException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final String path;
    private final String reason;

    /**
     * An answer that cannot be read.
     *
     * @param path the JSON path of the fault, such as {@code $.exports[3].request_date}
     * @param reason what is wrong there, without the payload
     */
    public MalformedResponseException(CallContext call, String path, String reason) {
        super(
                call,
                null,
                "the answer cannot be read at " + path + ": " + reason,
                "check the base URL and the API version, or report it with this line",
                null);
        this.path = path;
        this.reason = reason;
    }

    /** The JSON path of the fault. */
    public String path() {
        return path;
    }

    /** What is wrong there. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
