package io.github.batchexports.error;

/** HTTP 400, 422 or another 4xx without a kind of its own: the request is invalid. Not transient. */
public final class InvalidRequestException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    /** Creates the error of a response with such a status. */
    public InvalidRequestException(CallContext call, ErrorResponse response) {
        super(
                call,
                response,
                response.describe(),
                "the same request will be refused again: change it as the server says",
                null);
    }

    @Override
    public boolean isTransient() {
        return false;
    }
}
