package io.github.batchexports.error;

/**
 * An export was asked for and no answer says whether it was created: the connection broke, the answer was not in time, was a
 * server's failure or cannot be read. Not transient: it is never asked for again by itself, since that may create a second
 * one. The cause is what happened.
 */
public final class ExportUnconfirmedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Makes the error of a creation that failed after its request was, or may have been, sent. */
    public ExportUnconfirmedException(BatchExportsException cause) {
        super(
                cause.call(),
                cause.response(),
                "the export may have been created (" + whatHappened(cause) + ")",
                "look for it with list before creating it again",
                cause);
    }

    private static String whatHappened(BatchExportsException cause) {
        ErrorResponse response = cause.response();
        if (response != null) {
            return response.describe();
        }
        if (cause instanceof MalformedResponseException malformed) {
            return "the response cannot be read at " + malformed.path() + ": " + malformed.reason();
        }
        return cause instanceof TransportException broken ? broken.reason() : String.valueOf(cause.getMessage());
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
