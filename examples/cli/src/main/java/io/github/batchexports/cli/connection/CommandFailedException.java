package io.github.batchexports.cli.connection;

import org.jspecify.annotations.Nullable;

/** Ends a command with exit code 1; the message is the line that the user reads. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public CommandFailedException(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
