package io.github.batchexports.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Standard output in UTF-8, whatever the machine's own character set is; knows why it could not be written. */
public final class Output {

    private static final long READER_LEAVES_NANOS = 20_000_000;

    private final StandardOutput file = new StandardOutput();
    private final PrintStream out =
            new PrintStream(new BufferedOutputStream(file, 64 * 1024), false, StandardCharsets.UTF_8);

    private final boolean paced;
    private final StatusLine status;

    /**
     * Output of paced calls waits some milliseconds more after each page, which nobody notices.
     *
     * @param status what is out of the way where lines are to stand
     */
    public Output(boolean paced, StatusLine status) {
        this.paced = paced;
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
        if (paced) {
            LockSupport.parkNanos(READER_LEAVES_NANOS);
        }
    }

    /** Whether what was flushed could not be written: the reader closed the pipe, or there is a {@link #failure()}. */
    public boolean isClosed() {
        return out.checkError();
    }

    /** Why what was flushed could not be written; null if it was, or if the reader has had enough and closed the pipe. */
    public @Nullable IOException failure() {
        IOException failure = file.failure;
        boolean isPipe = failure != null
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        return isPipe ? null : failure;
    }

    /** Remembers the first failure, which a {@link PrintStream} does not tell. */
    private static final class StandardOutput extends FileOutputStream {

        private @Nullable IOException failure;

        StandardOutput() {
            super(FileDescriptor.out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                super.write(bytes, offset, length);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }
    }
}
