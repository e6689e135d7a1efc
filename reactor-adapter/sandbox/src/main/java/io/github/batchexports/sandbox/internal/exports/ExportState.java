package io.github.batchexports.sandbox.internal.exports;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How far an export is. */
public record ExportState(
        String status, @Nullable Instant started, @Nullable Instant completed) {

    static final ExportState CREATED = new ExportState("CREATED", null, null);

    public boolean succeeded() {
        return status.equals("SUCCESS");
    }

    public boolean ended() {
        return succeeded() || status.equals("ERROR") || status.equals("EXPIRED");
    }

    /** The state after a change of status, whose dates, in whole seconds, say when it started and ended as far as it did. */
    public ExportState moved(String next, Instant moment) {
        Instant at = moment.truncatedTo(ChronoUnit.SECONDS);
        ExportState moved = new ExportState(next, null, null);
        Instant start = moved.ended() || next.equals("RUNNING") ? started == null ? at : started : null;
        Instant end = moved.ended() ? completed == null ? at : completed : null;
        return new ExportState(next, start, end);
    }
}
