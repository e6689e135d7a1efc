package io.github.batchexports.protocol;

import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.InvalidRequestException;
import io.github.batchexports.error.NotFoundException;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.github.batchexports.error.ServerException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The meaning of a response's status and headers, in one place for all operations of the API. Immutable. */
public final class ApiResponse {

    /** Maximum size of an error response's body that is read, in bytes. */
    public static final int MAX_ERROR_BYTES = 64 * 1024;

    private final CallContext call;
    private final RestApiKey key;
    private final int status;
    private final UnaryOperator<@Nullable String> header;
    private final RateLimitHeaders rate;

    /**
     * Creates the response to a call.
     *
     * @param key the REST API key, masked wherever the response repeats it
     * @param header returns a header's value by its name, null if it is absent
     * @param now the time at which the response arrived
     */
    public ApiResponse(
            CallContext call, RestApiKey key, int status, UnaryOperator<@Nullable String> header, Instant now) {
        this.call = call;
        this.key = key;
        this.status = status;
        this.header = header;
        this.rate = new RateLimitHeaders(header, now);
    }

    /** Returns whether the body is what was requested: status 200, for a creation 201 and 202 as well. */
    public boolean isSuccess() {
        return status == 200 || (call.operation() == Operation.CREATE && (status == 201 || status == 202));
    }

    /** Returns when the next call may be made if this response says that the rate limit is used up; null otherwise. */
    public @Nullable Instant holdUntil() {
        return rate.isUsedUp() ? rate.reset() : null;
    }

    /**
     * Returns the error that this response stands for, if it is not a success.
     *
     * @param body the first {@link #MAX_ERROR_BYTES} of the body; it may be empty, or a proxy's
     */
    public BatchExportsException failure(byte[] body) {
        if (status >= 300 && status < 400) {
            return new ServerException(call, redacted(null, redirect()));
        }
        ErrorBody error = ErrorBody.read(body);
        ErrorResponse response = redacted(error.code(), error.message());
        return switch (status) {
            case 401 -> new AuthenticationException(call, response);
            case 403 -> new PermissionException(call, response);
            case 404 -> new NotFoundException(call, response);
            case 429 -> new RateLimitedException(call, response);
            case 408 -> new ServerException(call, response);
            default ->
                status >= 400 && status < 500
                        ? new InvalidRequestException(call, response)
                        : new ServerException(call, response);
        };
    }

    /**
     * Masks the key before the strings are truncated, and once more after characters were removed that may have split it.
     */
    private ErrorResponse redacted(@Nullable String code, @Nullable String message) {
        ErrorResponse response = new ErrorResponse(status, key.redact(code), key.redact(message), retryAt());
        return new ErrorResponse(
                status, key.redact(response.code()), key.redact(response.message()), response.retryAt());
    }

    private @Nullable Instant retryAt() {
        Instant retryAfter = rate.retryAfter();
        return retryAfter == null && status == 429 ? rate.reset() : retryAfter;
    }

    /** Names the target of a redirect without its query: a signed link is a secret itself. */
    private String redirect() {
        String location = header.apply("Location");
        if (location == null) {
            return "a redirect without a Location header";
        }
        try {
            URI uri = new URI(location);
            String target = (uri.getScheme() == null ? "" : uri.getScheme() + "://")
                    + (uri.getRawAuthority() == null
                            ? ""
                            : uri.getRawAuthority().replaceFirst(".*@", ""))
                    + (uri.getRawPath() == null ? "" : uri.getRawPath());
            return "redirects to " + target;
        } catch (URISyntaxException e) {
            return "redirects to a malformed URL";
        }
    }
}
