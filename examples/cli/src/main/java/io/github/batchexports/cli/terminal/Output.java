package io.github.batchexports.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Standard output in UTF-8, whatever the machine's own character set is; knows when its reader is gone. */
public final class Output {

    private static final long READER_LEAVES_NANOS = 20_000_000;

    private final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 64 * 1024),
            false,
            StandardCharsets.UTF_8);

    private final boolean patient;
    private final StatusLine status;

    /**
     * Output that is patient takes some milliseconds a page more, which nobody sees where calls are paced.
     *
     * @param status what is out of the way where lines are to stand
     */
    public Output(boolean patient, StatusLine status) {
        this.patient = patient;
        this.status = status;
    }

    public void line(String text) {
        out.print(text);
        out.print('\n');
    }

    public void flush() {
        status.clear();
        out.flush();
    }

    /**
     * Flushes, and gives a reader that has enough ({@code head}) the time to close the pipe, which only the next line can
     * notice: so it is noticed before another page is asked for.
     */
    public void letReaderLeave() {
        flush();
        if (patient) {
            LockSupport.parkNanos(READER_LEAVES_NANOS);
        }
    }

    /** Whether what was flushed could not be written: the reader closed the pipe. */
    public boolean isClosed() {
        return out.checkError();
    }
}
