package io.github.batchexports.cli.connection;

import io.github.batchexports.cli.terminal.Output;
import io.github.batchexports.cli.terminal.ProgressBar;
import io.github.batchexports.cli.terminal.Quantities;
import io.github.batchexports.cli.terminal.Screen;
import io.github.batchexports.cli.terminal.StatusLine;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.sandbox.Sandbox;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** One run of a command: its client, its output, and what it says to the user at its side. */
public final class Session implements AutoCloseable {

    private static final long REDRAW_NANOS = 100_000_000;

    private final BatchExportsClient client;
    private final ObservationRegistry observed;
    private final AtomicInteger calls;
    private final @Nullable Sandbox sandbox;
    private final @Nullable SharedRedis redis;
    private final StatusLine status;
    private final Output output;
    private final long start = System.nanoTime();

    Session(
            BatchExportsClient client,
            ObservationRegistry observed,
            AtomicInteger calls,
            boolean paced,
            @Nullable Sandbox sandbox,
            @Nullable SharedRedis redis,
            StatusLine status) {
        this.status = status;
        this.output = new Output(paced, status);
        this.client = client;
        this.observed = observed;
        this.calls = calls;
        this.sandbox = sandbox;
        this.redis = redis;
    }

    public BatchExportsClient client() {
        return client;
    }

    /** Hears of the calls from now on. */
    public CallOutcomes outcomes() {
        CallOutcomes outcomes = new CallOutcomes();
        observed.observationConfig().observationHandler(outcomes);
        return outcomes;
    }

    public Output output() {
        return output;
    }

    /** Where the output is read. */
    public Screen screen() {
        return status.screen();
    }

    /** Says something to the user, whatever is shown. */
    public void say(String text) {
        status.message("exports: " + text);
    }

    /** Whether nobody's exports are shown. */
    public boolean isSandbox() {
        return sandbox != null;
    }

    /** Shows how far it is, where somebody looks. */
    public void progress(long count, String what) {
        status.show(counted(count, what) + ", " + counted(calls.get(), "call"));
    }

    /** Shows from now on that something is waited for, where somebody looks. */
    public Disposable showWaiting() {
        return status.screen().terminal()
                ? Flux.interval(Duration.ofSeconds(1))
                        .subscribe(tick -> status.show("waiting, " + counted(calls.get(), "call") + ", "
                                + Quantities.time(Duration.ofNanos(System.nanoTime() - start))))
                : Disposables.disposed();
    }

    /**
     * Shows how far a transfer is that starts now, where somebody looks.
     *
     * @param number which one it is
     * @param total its bytes, or null
     */
    public LongConsumer transfer(String number, @Nullable Long total) {
        ProgressBar bar = new ProgressBar(total);
        long begin = System.nanoTime();
        long[] drawn = {begin};
        return bytes -> {
            long now = System.nanoTime();
            if (now - drawn[0] >= REDRAW_NANOS) {
                drawn[0] = now;
                status.show(number + " " + bar.line(bytes, Duration.ofNanos(now - begin)));
            }
        };
    }

    /** Takes away what was shown, where somebody looks. */
    public void clearProgress() {
        status.clear();
    }

    /** Says what was done. */
    public void summary(long count, String what) {
        status.clear();
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        System.err.println(counted(count, what) + ", " + counted(calls.get(), "call")
                + String.format(Locale.ROOT, ", %.1f seconds", seconds));
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /**
     * Closes everything.
     *
     * @throws CommandFailedException if something of the output could not be written
     */
    @Override
    public void close() {
        output.flush();
        status.close();
        client.close();
        if (sandbox != null) {
            sandbox.close();
        }
        if (redis != null) {
            redis.close();
        }
        IOException lost = output.failure();
        if (lost != null) {
            throw new CommandFailedException("standard output cannot be written: " + lost.getMessage(), lost);
        }
    }
}
