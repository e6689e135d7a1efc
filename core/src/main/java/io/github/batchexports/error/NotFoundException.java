package io.github.batchexports.error;

/** HTTP 404: the export, the file or the route does not exist. Not transient. */
public final class NotFoundException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Makes the error of a response with status 404. */
    public NotFoundException(CallContext call, ErrorResponse answer) {
        super(call, answer, answer.describe(), "check the id, the base URL and the API version", null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
