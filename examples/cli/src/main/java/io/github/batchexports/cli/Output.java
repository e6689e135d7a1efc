package io.github.batchexports.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Standard output in UTF-8, whatever the machine's own character set is; knows when its reader is gone. */
final class Output {

    private static final long READER_LEAVES_NANOS = 20_000_000;

    private final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024),
            false,
            StandardCharsets.UTF_8);

    private final boolean patient;

    /** Output that is patient takes some milliseconds a page more, which nobody sees where calls are paced. */
    Output(boolean patient) {
        this.patient = patient;
    }

    void line(String text) {
        out.print(text);
        out.print('\n');
    }

    void flush() {
        out.flush();
    }

    /**
     * Flushes, and gives a reader that has enough ({@code head}) the time to close the pipe, which only the next line can
     * notice: so it is noticed before another page is asked for.
     */
    void letReaderLeave() {
        out.flush();
        if (patient) {
            LockSupport.parkNanos(READER_LEAVES_NANOS);
        }
    }

    /** Whether what was flushed could not be written: the reader closed the pipe. */
    boolean isClosed() {
        return out.checkError();
    }
}
