package io.github.batchexports.error;

/**
 * An export was requested, and no response tells whether it was created: the connection broke, or the response came too
 * late, was a server error or cannot be read. Not transient: the request is never repeated automatically, since that
 * could create a second export. The cause tells what happened.
 */
public final class ExportUnconfirmedException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Creates the error of a creation that failed after its request was sent, or may have been. */
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
        if (cause instanceof ClientClosedException) {
            return "the client was closed meanwhile";
        }
        return cause instanceof TransportException broken ? broken.reason() : String.valueOf(cause.getMessage());
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
