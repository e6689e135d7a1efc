package io.github.batchexports.reactor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Records what the client logs at WARN and above until it is closed. */
public final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(BatchExportsClient.class);
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private LogWatch() {}

    public static LogWatch open() {
        LogWatch watch = new LogWatch();
        watch.start();
        watch.logger.addAppender(watch);
        return watch;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            lines.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    }

    /** Awaits the next line that contains a text; lines before it are skipped. */
    public String next(String text) throws InterruptedException {
        String line;
        do {
            line = lines.poll(60, TimeUnit.SECONDS);
        } while (line != null && !line.contains(text));
        if (line == null) {
            throw new AssertionError("not logged: " + text);
        }
        return line;
    }

    /** All lines since the last call. */
    public List<String> take() {
        List<String> taken = new ArrayList<>();
        lines.drainTo(taken);
        return taken;
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
