package io.github.batchexports.error;

/** The REST API key is valid, but not for this project or this operation (HTTP 403). */
public final class PermissionException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** A refusal of the operation. */
    public PermissionException(CallContext call, ErrorResponse answer) {
        super(call, answer, answer.describe(), "check the project key and what the REST API key may do", null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
