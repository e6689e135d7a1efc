package io.github.batchexports.error;

/** HTTP 403: the REST API key is valid, but not for this project or this operation. Not transient. */
public final class PermissionException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Creates the error of a response with status 403. */
    public PermissionException(CallContext call, ErrorResponse response) {
        super(call, response, response.describe(), "check the project key and what the REST API key may do", null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
