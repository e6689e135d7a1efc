package io.github.batchexports.reactor.internal.call;

/** A pacer of the application gave no permit. Mapped to a {@code TransportException} of the call that wanted it. */
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
