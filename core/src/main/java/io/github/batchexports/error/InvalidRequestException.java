package io.github.batchexports.error;

/** The server refused the request as it was put (HTTP 400, 422 and the other 4xx). */
public final class InvalidRequestException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** A refusal of the request. */
    public InvalidRequestException(CallContext call, ErrorResponse answer) {
        super(
                call,
                answer,
                answer.describe(),
                "the same request will be refused again: change it as the server says",
                null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
