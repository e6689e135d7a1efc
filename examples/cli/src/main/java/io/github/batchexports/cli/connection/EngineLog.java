package io.github.batchexports.cli.connection;

import io.github.batchexports.cli.terminal.StatusLine;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the libraries log, in lines like this program's own, for those who ask for it. */
final class EngineLog extends Handler {

    private final StatusLine status;

    private EngineLog(StatusLine status) {
        this.status = status;
        setFormatter(new SimpleFormatter());
    }

    /** Standard error is for what the user is to read: nothing is logged there unless it is asked for. */
    static void show(boolean verbose, StatusLine status) {
        LogManager.getLogManager().reset();
        if (verbose) {
            Logger.getLogger("").addHandler(new EngineLog(status));
        }
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            Throwable thrown = entry.getThrown();
            status.message("exports: " + getFormatter().formatMessage(entry) + (thrown == null ? "" : ": " + thrown));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
