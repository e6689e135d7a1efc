package io.github.batchexports.error;

/** A complete response does not have the API's form, or is larger than {@code maxPageBytes}. Not transient. */
public final class MalformedResponseException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final String path;
    private final String reason;

    /**
     * Creates the error of a response that cannot be read.
     *
     * @param path the JSON path of the error, such as {@code $.exports[3].request_date}
     * @param reason what is wrong there, without any of the payload, which may be personal data
     */
    public MalformedResponseException(CallContext call, String path, String reason) {
        super(
                call,
                null,
                "the response cannot be read at " + path + ": " + reason,
                "check the base URL and the API version, or report it with this message",
                null);
        this.path = path;
        this.reason = reason;
    }

    /** Returns the JSON path of the error, such as {@code $.exports[3].id}; {@code $} is the whole response. */
    public String path() {
        return path;
    }

    /** Returns what is wrong there; contains none of the payload. */
    public String reason() {
        return reason;
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
