package io.github.batchexports.error;

/** The REST API key is missing, wrong or was revoked (HTTP 401). */
public final class AuthenticationException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** A refusal of the key. */
    public AuthenticationException(CallContext call, ErrorResponse answer) {
        super(call, answer, answer.describe(), "check the REST API key", null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
