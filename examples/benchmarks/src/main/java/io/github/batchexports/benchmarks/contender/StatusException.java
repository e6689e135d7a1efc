package io.github.batchexports.benchmarks.contender;

/** An answer that is no page. */
final class StatusException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    StatusException(int status) {
        super("status " + status);
        this.status = status;
    }

    static boolean isTooManyRequests(Throwable error) {
        return error instanceof StatusException refusal && refusal.status == 429;
    }
}
