package io.github.batchexports.error;

import org.jspecify.annotations.Nullable;

/**
 * A call to the Exports API that did not succeed. The kinds are split by what a caller would do; the message is one line
 * that says what was asked, what came back and what to do. It never holds the REST API key, nor a payload.
 */
public abstract sealed class BatchExportsException extends RuntimeException
        permits AuthenticationException,
                ClientClosedException,
                DownloadException,
                InvalidRequestException,
                MalformedResponseException,
                NotFoundException,
                PacerException,
                PagingException,
                PermissionException,
                RateLimitedException,
                ServerException,
                TransportException {

    private static final long serialVersionUID = 1;
    private static final int MAX_MESSAGE = 1_000;

    private final transient CallContext call;
    private final transient @Nullable ErrorResponse answer;

    BatchExportsException(
            CallContext call,
            @Nullable ErrorResponse answer,
            String cameBack,
            String advice,
            @Nullable Throwable cause) {
        super(message(call, cameBack, advice), cause);
        this.call = call;
        this.answer = answer;
    }

    private static String message(CallContext call, String cameBack, String advice) {
        String attempts = call.attempt() > 1 ? " (attempt " + call.attempt() + ")" : "";
        return LogText.of(call.operation() + " failed" + attempts + ": " + cameBack + "; " + advice, MAX_MESSAGE);
    }

    /** Whether the same call may succeed when it is made again later. */
    public abstract boolean isTransient();

    /** What was asked. */
    public CallContext call() {
        return call;
    }

    /** What the server said, or null when it gave no answer or the answer was not a refusal. */
    public @Nullable ErrorResponse response() {
        return answer;
    }

    /** The HTTP status of the refusal, or null when there was none. */
    public @Nullable Integer status() {
        return answer == null ? null : (Integer) answer.status();
    }

    /** The {@code error_code} of the refusal, or null when there was none. */
    public @Nullable String errorCode() {
        return answer == null ? null : answer.code();
    }

    /** The {@code error_message} of the refusal on one line, cut to 300 characters; null when there was none. */
    public @Nullable String errorMessage() {
        return answer == null ? null : answer.message();
    }

    /** How many attempts were made at the call. The failures of the ones before are {@link #getSuppressed()}. */
    public int attempts() {
        return call.attempt();
    }

    /**
     * Where to go on: the cursor of the page that failed, null for the first. Everything of the pages before was
     * delivered and nothing of this one, so that {@code ListOptions.builder().from(e.resumeFrom())} lists the rest.
     */
    public @Nullable String resumeFrom() {
        return call.from();
    }
}
