package io.github.batchexports.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * When the server wants to be called again. None of its headers is on the API's page; other clients report
 * {@code Retry-After} and {@code X-RateLimit-*}. A time is reckoned from the answer's own {@code Date} where it has one,
 * so that clocks that differ do no harm, and lies between now and {@link #MAX_WAIT} ahead, whatever was sent.
 */
final class RateLimitHeaders {

    /** The longest wait that is believed. */
    static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final UnaryOperator<@Nullable String> header;
    private final Instant now;

    /** Reads headers by their name; null for one that is absent. */
    RateLimitHeaders(UnaryOperator<@Nullable String> header, Instant now) {
        this.header = header;
        this.now = now;
    }

    /** By {@code Retry-After}, in seconds or as a date; null when it is absent or neither. */
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

    /** By {@code X-RateLimit-Reset}, in Unix seconds; null when it is absent or no number. */
    @Nullable
    Instant reset() {
        String value = header("X-RateLimit-Reset");
        return value != null && value.matches("-?[0-9]{1,400}") ? fromServerTime(Double.parseDouble(value)) : null;
    }

    /** Whether the answer says that no request is left before the reset. */
    boolean isUsedUp() {
        String remaining = header("X-RateLimit-Remaining");
        return remaining != null && remaining.matches("0+|-[0-9]+");
    }

    private Instant fromServerTime(double epochSecond) {
        String value = header("Date");
        Instant date = value == null ? null : httpDate(value);
        // The header has whole seconds, so that a wait comes out a little too long, never too short.
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
