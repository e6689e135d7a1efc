package io.github.batchexports.reactor.spring;

import io.github.batchexports.error.AuthenticationException;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.PacerException;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.error.RateLimitedException;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client's observations say of its health; it makes no call. Only a refused key or project needs somebody: all else
 * is temporary, or is a caller's matter.
 */
final class CallHealth {

    private static final String WAIT = "batch.exports.wait";
    private static final String REQUEST = "batch.exports.request";
    /** The operation of a storage, which no key goes to. */
    private static final String TRANSFER = "transfer";

    private final Clock clock;
    private final boolean sharesByRedis;

    private int waiting;
    private int failures;
    private @Nullable Instant lastSuccess;
    private @Nullable Failure lastFailure;
    private @Nullable Failure refused;
    private @Nullable Failure withoutPermit;
    private @Nullable Instant heldUntil;

    CallHealth(Clock clock, boolean sharesByRedis) {
        this.clock = clock;
        this.sharesByRedis = sharesByRedis;
    }

    /** A message never has the key in it. */
    private record Failure(Instant at, String message) {}

    /** Not this object itself: Spring Boot hands all beans that are handlers to all registries. */
    ObservationHandler<Observation.Context> handler() {
        return new ObservationHandler<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return WAIT.equals(context.getName()) || REQUEST.equals(context.getName());
            }

            @Override
            public void onStart(Observation.Context context) {
                started(context);
            }

            @Override
            public void onStop(Observation.Context context) {
                stopped(context);
            }
        };
    }

    private synchronized void started(Observation.Context context) {
        if (WAIT.equals(context.getName())) {
            waiting++;
        }
    }

    private synchronized void stopped(Observation.Context context) {
        boolean request = REQUEST.equals(context.getName());
        if (!request) {
            waiting--;
        }
        Throwable error = context.getError();
        if (error != null) {
            failed(error);
        } else if (is(context, "outcome", "SUCCESS")) {
            withoutPermit = null;
            if (request) {
                succeeded(!is(context, "operation", TRANSFER));
            }
        }
    }

    private static boolean is(Observation.Context context, String key, String value) {
        KeyValue found = context.getLowCardinalityKeyValue(key);
        return found != null && found.getValue().equals(value);
    }

    private void succeeded(boolean byKey) {
        lastSuccess = clock.instant();
        failures = 0;
        if (byKey) {
            refused = null;
        }
    }

    private void failed(Throwable error) {
        String message = error instanceof BatchExportsException ? String.valueOf(error.getMessage()) : "unknown";
        Failure failure = new Failure(clock.instant(), message);
        failures++;
        lastFailure = failure;
        if (error instanceof AuthenticationException || error instanceof PermissionException) {
            refused = failure;
        }
        if (error instanceof PacerException) {
            withoutPermit = failure;
        }
        if (error instanceof RateLimitedException limit && limit.retryAt() != null) {
            heldUntil = limit.retryAt();
        }
    }

    /** Whether the API refused the key or the project, and has taken no call since. */
    synchronized boolean isRefused() {
        return refused != null;
    }

    /** Returns what is known, in texts and numbers. */
    synchronized Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        put(details, "refused", refused);
        if (lastSuccess != null) {
            details.put("lastSuccess", lastSuccess.toString());
        }
        put(details, "lastFailure", lastFailure);
        details.put("failuresSinceSuccess", failures);
        details.put("waiting", waiting);
        if (heldUntil != null && heldUntil.isAfter(clock.instant())) {
            details.put("heldUntil", heldUntil.toString());
        }
        details.put("redis", sharesByRedis ? withoutPermit == null ? "used" : "no permit" : "not used");
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Failure failure) {
        if (failure != null) {
            details.put(name, failure.message());
            details.put(name + "At", failure.at().toString());
        }
    }
}
