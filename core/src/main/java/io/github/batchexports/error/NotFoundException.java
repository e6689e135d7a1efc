package io.github.batchexports.error;

/** What was asked for does not exist (HTTP 404): an export, a file, or the route itself. */
public final class NotFoundException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Nothing there. */
    public NotFoundException(CallContext call, ErrorResponse answer) {
        super(call, answer, answer.describe(), "check the id, the base URL and the API version", null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
