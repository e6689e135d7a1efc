package io.github.batchexports.error;

/**
 * HTTP 5xx, or a status that the API does not use, redirects included. Transient for 500, 502, 503 and 504: the server
 * failed, and the next attempt may reach it in a better state.
 */
public final class ServerException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;

    /** Makes the error of a response with such a status. */
    public ServerException(CallContext call, ErrorResponse answer) {
        super(call, answer, answer.describe(), advice(answer.status()), null);
        this.isTransient = isTransient(answer.status());
    }

    private static boolean isTransient(int status) {
        return status == 500 || status == 502 || status == 503 || status == 504;
    }

    private static String advice(int status) {
        if (isTransient(status)) {
            return "try again later";
        }
        return status >= 300 && status < 400
                ? "redirects are not followed, since no other server may see the key: check the base URL"
                : "check the base URL, and any proxy in front of the API";
    }

    @Override
    public boolean isTransient() {
        return isTransient;
    }
}
