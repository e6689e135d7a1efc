package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/**
 * A failed call to the Exports API. The kinds differ in what a caller can do; later versions may add some, so a
 * {@code switch} or a chain of {@code instanceof} needs a default. The message is one line of at most 1,000 characters:
 * the call, the outcome, and what to do. It contains neither the REST API key nor a payload.
 *
 * <p>Java serialization keeps everything, unless a kind says otherwise, provided that the cause is serializable.
 */
public abstract class BatchExportsException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int MAX_MESSAGE = 1_000;

    private final CallContext call;
    private final @Nullable ErrorResponse response;

    BatchExportsException(
            CallContext call,
            @Nullable ErrorResponse response,
            String outcome,
            String advice,
            @Nullable Throwable cause) {
        super(message(call, outcome, advice), cause);
        this.call = call;
        this.response = response;
    }

    private static String message(CallContext call, String outcome, String advice) {
        String attempts = call.attempt() > 1 ? " (attempt " + call.attempt() + ")" : "";
        return LogText.of(call.operation() + " failed" + attempts + ": " + outcome + "; " + advice, MAX_MESSAGE);
    }

    /** Returns whether the same call may succeed later. Transient failures are those that the retry policy retries. */
    public abstract boolean isTransient();

    /** Returns the call that failed. */
    public CallContext call() {
        return call;
    }

    /** Returns the error response of the server; null if the failure is of another sort. */
    public @Nullable ErrorResponse response() {
        return response;
    }

    /** Returns the HTTP status of the error response; null if there is none. */
    public @Nullable Integer status() {
        return response == null ? null : (Integer) response.status();
    }

    /** Returns the {@code error_code} of the error response; null if there is none. */
    public @Nullable String errorCode() {
        return response == null ? null : response.code();
    }

    /**
     * Returns the {@code error_message} of the error response, on one line of at most 300 characters; null if there is
     * none.
     */
    public @Nullable String errorMessage() {
        return response == null ? null : response.message();
    }

    /**
     * Returns the number of attempts at the call; 0 if it failed before the first. Of the earlier failures, the first and
     * the latest four are in {@link #getSuppressed()}.
     */
    public int attempts() {
        return call.attempt();
    }

    /**
     * Returns the cursor of the page that failed; null for the first page and for calls other than a listing. All pages
     * before it were delivered and nothing of it was, so {@code ListOptions.builder().from(e.resumeFrom())} lists the
     * rest.
     */
    public @Nullable String resumeFrom() {
        return call.from();
    }
}
