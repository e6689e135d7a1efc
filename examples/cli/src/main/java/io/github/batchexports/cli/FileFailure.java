package io.github.batchexports.cli;

import io.github.batchexports.cli.connection.CommandFailedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What keeps a file from being saved or read, in words. */
final class FileFailure {

    private FileFailure() {}

    /** The line names the target, where the failure may name the hidden file beside it. */
    static CommandFailedException of(Path target, IOException failure) {
        return new CommandFailedException(target + ": " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException) {
            return "there is such a file already; 'exports download --overwrite' replaces it";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission to write there";
        }
        return otherReason(failure);
    }

    /** Without the path, which is named already. */
    static String otherReason(IOException failure) {
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }
}
