package io.github.batchexports.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Standard output in UTF-8, whatever the machine's own character set is; knows when its reader is gone. */
final class Output {

    private final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024),
            false,
            StandardCharsets.UTF_8);

    void line(String text) {
        out.print(text);
        out.print('\n');
    }

    void flush() {
        out.flush();
    }

    /** Whether what was flushed could not be written: the reader closed the pipe. */
    boolean isClosed() {
        return out.checkError();
    }
}
