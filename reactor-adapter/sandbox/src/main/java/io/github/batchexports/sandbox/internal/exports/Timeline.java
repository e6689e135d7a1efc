package io.github.batchexports.sandbox.internal.exports;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * When exports appear and how they move, reckoned from the start and a moment alone, so that whoever moves the clock
 * sees what they expect. Without a period nothing happens.
 */
public final class Timeline {

    private static final double SHORTEST_STEP = 0.3;
    private static final double LONGEST_STEP = 1.5;

    private final Instant start;
    private final Duration period;

    public Timeline(Instant start, Duration period) {
        this.start = start;
        this.period = period;
    }

    /** How many exports have appeared up to a moment. */
    public long appeared(Instant now) {
        return period.isZero() || now.isBefore(start)
                ? 0
                : Duration.between(start, now).dividedBy(period);
    }

    /** When an export appears, the first one having number 1. */
    public Instant appearance(long number) {
        return start.plus(period.multipliedBy(number));
    }

    /** How far an export is at a moment. About one of eight ends in an error. */
    public ExportState state(Export export, Instant now) {
        ExportState state = export.first();
        Duration takes = export.takes();
        if (takes != null) {
            return created(export, takes, now);
        }
        if (period.isZero()) {
            return state;
        }
        SplittableRandom fate = new SplittableRandom(export.id().hashCode());
        String end = fate.nextInt(8) == 0 ? "ERROR" : "SUCCESS";
        Instant next = export.since();
        while (!state.ended()) {
            next = next.plusNanos((long) (period.toNanos() * fate.nextDouble(SHORTEST_STEP, LONGEST_STEP)));
            if (next.isAfter(now)) {
                return state;
            }
            state = state.moved(following(state.status(), end), next);
        }
        return state;
    }

    /** A third of its time in each state, then a success. */
    private static ExportState created(Export export, Duration takes, Instant now) {
        ExportState state = export.first();
        Instant next = export.since();
        while (!state.ended()) {
            next = next.plus(takes.dividedBy(3));
            if (next.isAfter(now)) {
                return state;
            }
            state = state.moved(following(state.status(), "SUCCESS"), next);
        }
        return state;
    }

    private static String following(String status, String end) {
        return switch (status) {
            case "CREATED" -> "PENDING";
            case "PENDING" -> "RUNNING";
            default -> end;
        };
    }
}
