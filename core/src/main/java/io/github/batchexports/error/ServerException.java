package io.github.batchexports.error;

/**
 * HTTP 5xx or 408, or a status that the API does not use, redirects included. Transient for 408, 500, 502, 503 and 504:
 * the next attempt may succeed.
 */
public final class ServerException extends BatchExportsException {

    private static final long serialVersionUID = 1;

    private final boolean isTransient;

    /** Creates the error of a response with such a status. */
    public ServerException(CallContext call, ErrorResponse response) {
        super(call, response, response.describe(), advice(response.status()), null);
        this.isTransient = isTransient(response.status());
    }

    private static boolean isTransient(int status) {
        return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
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
