package io.github.batchexports.error;

/** HTTP 401: the REST API key is missing, wrong, revoked, or not valid for the project. Not transient. */
public final class AuthenticationException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Creates the error of a response with status 401. */
    public AuthenticationException(CallContext call, ErrorResponse response) {
        super(
                call,
                response,
                response.describe(),
                "check the REST API key, and that it is valid for this project key",
                null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
