package io.github.batchexports.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * When the server wants to be called again. Its headers are not in the API's documentation; other clients report
 * {@code Retry-After} and {@code X-RateLimit-*}. Times are relative to the response's {@code Date}, if it has one, so that
 * clocks may differ, and are limited to between now and {@link #MAX_WAIT} ahead.
 */
final class RateLimitHeaders {

    /** Maximum wait; longer ones are shortened to it. */
    static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final UnaryOperator<@Nullable String> header;
    private final Instant now;

    /**
     * Creates a reader of headers.
     *
     * @param header returns a header's value by its name, null if it is absent
     * @param now the time at which the response arrived
     */
    RateLimitHeaders(UnaryOperator<@Nullable String> header, Instant now) {
        this.header = header;
        this.now = now;
    }

    /** Returns the time of {@code Retry-After}, in seconds or as a date; null if it is absent or malformed. */
    @Nullable
    Instant retryAfter() {
        String value = header("Retry-After");
        if (value == null) {
            return null;
        }
        if (value.matches("[+-]?[0-9]{1,400}(\\.[0-9]{0,400})?")) {
            return now.plus(clamped(Double.parseDouble(value) * 1000));
        }
        Instant date = httpDate(value);
        return date == null ? null : fromServerTime((double) date.getEpochSecond());
    }

    /**
     * Returns the time of {@code X-RateLimit-Reset}, in Unix seconds; null if it is absent, malformed or not in the
     * future. Then it says nothing about how long to wait: the clocks differ, or it has another unit.
     */
    @Nullable
    Instant reset() {
        String value = header("X-RateLimit-Reset");
        if (value == null || !value.matches("-?[0-9]{1,400}")) {
            return null;
        }
        Instant reset = fromServerTime(Double.parseDouble(value));
        return reset.isAfter(now) ? reset : null;
    }

    /** Returns whether no request remains before the reset. */
    boolean isUsedUp() {
        String remaining = header("X-RateLimit-Remaining");
        return remaining != null && remaining.matches("0+|-[0-9]+");
    }

    private Instant fromServerTime(double epochSecond) {
        String value = header("Date");
        Instant date = value == null ? null : httpDate(value);
        // The header has whole seconds, so the wait may be a little too long, but never too short.
        double serverNow = (double) (date == null ? now : date).toEpochMilli();
        return now.plus(clamped(epochSecond * 1000 - serverNow));
    }

    private static Duration clamped(double millis) {
        return Duration.ofMillis((long) Math.ceil(Math.max(0, Math.min(millis, (double) MAX_WAIT.toMillis()))));
    }

    private static @Nullable Instant httpDate(String value) {
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private @Nullable String header(String name) {
        String value = header.apply(name);
        return value == null ? null : value.strip();
    }
}
