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

/** An HTTP answer's status and headers: what they mean, in one place for all operations. */
public final class ApiResponse {

    /** How much of a refusal's body is worth reading, in bytes. */
    public static final int MAX_ERROR_BYTES = 64 * 1024;

    private final CallContext call;
    private final RestApiKey key;
    private final int status;
    private final UnaryOperator<@Nullable String> header;
    private final RateLimitHeaders rate;

    /**
     * An answer to a call.
     *
     * @param key masked wherever the answer repeats it
     * @param header a header's value by its name, null for one that is absent
     * @param now when the answer came
     */
    public ApiResponse(
            CallContext call, RestApiKey key, int status, UnaryOperator<@Nullable String> header, Instant now) {
        this.call = call;
        this.key = key;
        this.status = status;
        this.header = header;
        this.rate = new RateLimitHeaders(header, now);
    }

    /** Whether the body is what was asked for. */
    public boolean isSuccess() {
        return status == 200 || (call.operation() == Operation.CREATE && (status == 201 || status == 202));
    }

    /** When the next call may be made, if a success says that the rate is used up; null otherwise. */
    public @Nullable Instant holdUntil() {
        return rate.isUsedUp() ? rate.reset() : null;
    }

    /**
     * The failure that a refusal stands for.
     *
     * @param body the first {@link #MAX_ERROR_BYTES} of the body, perhaps empty, perhaps of a proxy
     */
    public BatchExportsException failure(byte[] body) {
        if (status >= 300 && status < 400) {
            return new ServerException(call, redacted(null, redirect()));
        }
        ErrorBody error = ErrorBody.read(body);
        ErrorResponse answer = redacted(error.code(), error.message());
        return switch (status) {
            case 401 -> new AuthenticationException(call, answer);
            case 403 -> new PermissionException(call, answer);
            case 404 -> new NotFoundException(call, answer);
            case 429 -> new RateLimitedException(call, answer);
            default ->
                status >= 400 && status < 500
                        ? new InvalidRequestException(call, answer)
                        : new ServerException(call, answer);
        };
    }

    /** Masks the key before the texts are cut, and after characters were taken out that may have stood in it. */
    private ErrorResponse redacted(@Nullable String code, @Nullable String message) {
        ErrorResponse answer = new ErrorResponse(status, key.redact(code), key.redact(message), retryAt());
        return new ErrorResponse(status, key.redact(answer.code()), key.redact(answer.message()), answer.retryAt());
    }

    private @Nullable Instant retryAt() {
        Instant retryAfter = rate.retryAfter();
        return retryAfter == null && status == 429 ? rate.reset() : retryAfter;
    }

    /** Names where a redirect points, without the query: a signed link is a secret of its own. */
    private String redirect() {
        String location = header.apply("Location");
        if (location == null) {
            return "a redirect without a Location header";
        }
        try {
            URI uri = new URI(location);
            String place = (uri.getScheme() == null ? "" : uri.getScheme() + "://")
                    + (uri.getRawAuthority() == null
                            ? ""
                            : uri.getRawAuthority().replaceFirst(".*@", ""))
                    + (uri.getRawPath() == null ? "" : uri.getRawPath());
            return "redirects to " + place;
        } catch (URISyntaxException e) {
            return "redirects to a malformed URL";
        }
    }
}
