package io.github.batchexports.reactor.internal.call;

/** An application's pacer gave no permit. Mapped to a {@code PacerException} of the call that asked for it. */
final class PacerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Throwable reason;

    PacerFailedException(Throwable reason) {
        super(reason);
        this.reason = reason;
    }

    Throwable reason() {
        return reason;
    }
}
