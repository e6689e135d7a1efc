package io.github.batchexports.redis;

import org.jspecify.annotations.Nullable;

/**
 * Redis was not reached since this process started, and nobody said how many processes share the limit: a call on a guess
 * would use up the others' share. Once Redis was reached, its absence is bridged, and this is not thrown.
 */
public final class RedisUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RedisUnavailableException(@Nullable Throwable cause) {
        super(
                "Redis cannot be reached, and shares the limit of this project: check its address and that it runs,"
                        + " or set instances(n) to go on without it",
                cause);
    }
}
