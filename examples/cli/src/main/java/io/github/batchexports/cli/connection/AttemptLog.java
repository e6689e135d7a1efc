package io.github.batchexports.cli.connection;

import io.github.batchexports.cli.terminal.StatusLine;
import io.github.batchexports.error.TransportException;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import java.util.Locale;

/** Says of each attempt at a call when it begins and how it ends. What it says has no key, no id and no cursor in it. */
final class AttemptLog implements ObservationHandler<Observation.Context> {

    static final String REQUEST = "batch.exports.request";
    private static final String WAIT = "batch.exports.wait";
    private static final Duration LONG_WAIT = Duration.ofMillis(50);

    private final StatusLine status;

    AttemptLog(StatusLine status) {
        this.status = status;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return REQUEST.equals(context.getName()) || WAIT.equals(context.getName());
    }

    @Override
    public void onStart(Observation.Context context) {
        context.put(AttemptLog.class, System.nanoTime());
        if (REQUEST.equals(context.getName())) {
            say(attempt(context));
        }
    }

    @Override
    public void onStop(Observation.Context context) {
        long start = context.<Long>getOrDefault(AttemptLog.class, System.nanoTime());
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (REQUEST.equals(context.getName())) {
            say(attempt(context) + ": " + end(context) + " after " + time.toMillis() + " ms");
        } else if (time.compareTo(LONG_WAIT) >= 0) {
            say(String.format(
                    Locale.ROOT, "%s: waited %.1f s for the pace", value(context, "operation"), time.toMillis() / 1e3));
        }
    }

    private void say(String text) {
        status.message("exports: " + text);
    }

    private static String attempt(Observation.Context context) {
        return value(context, "operation") + ", attempt " + value(context, "attempt");
    }

    /** How an attempt ended, in words. */
    static String end(Observation.Context context) {
        if (context.getError() instanceof TransportException failure) {
            return failure.reason();
        }
        String status = value(context, "status");
        String outcome = value(context, "outcome");
        return status.equals("NONE") ? outcome : "HTTP " + status + (outcome.equals("SUCCESS") ? "" : " " + outcome);
    }

    static String value(Observation.Context context, String key) {
        KeyValue value = context.getLowCardinalityKeyValue(key);
        return value == null ? "?" : value.getValue();
    }
}
