package io.github.batchexports.cli;

import io.github.batchexports.reactor.BatchExportsClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a command: its client, its output, and what it says to the user at its side. */
final class Session implements AutoCloseable {

    private final BatchExportsClient client;
    private final AtomicInteger calls;
    private final Runnable onClose;
    private final Output output;
    private final boolean terminal = Terminal.isPresent();
    private final long start = System.nanoTime();

    Session(BatchExportsClient client, AtomicInteger calls, boolean paced, Runnable onClose) {
        this.output = new Output(paced);
        this.client = client;
        this.calls = calls;
        this.onClose = onClose;
    }

    BatchExportsClient client() {
        return client;
    }

    Output output() {
        return output;
    }

    /** Shows how far it is, where somebody looks. */
    void progress(long exports) {
        if (terminal) {
            System.err.print("\r" + exports + " exports, " + calls + " calls\u001b[K\r");
        }
    }

    /** Says what was done. */
    void summary(long exports) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        System.err.println(String.format(
                Locale.ROOT,
                "%d %s, %d %s, %.1f seconds",
                exports,
                exports == 1 ? "export" : "exports",
                calls.get(),
                calls.get() == 1 ? "call" : "calls",
                seconds));
    }

    @Override
    public void close() {
        output.flush();
        client.close();
        onClose.run();
    }
}
