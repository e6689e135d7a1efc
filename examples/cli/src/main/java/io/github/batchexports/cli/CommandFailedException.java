package io.github.batchexports.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with {@link Exports#FAILED}; the message is the line that the user reads. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CommandFailedException(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
