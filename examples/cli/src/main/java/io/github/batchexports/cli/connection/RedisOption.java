package io.github.batchexports.cli.connection;

import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Redis this program shares its limit and its polls through, if it does. */
final class RedisOption {

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "Redis, such as redis://localhost:6379, through which the limit, and the polls of watches, "
                    + "are shared with others; by default that of BATCH_REDIS_URL, which may contain a password.")
    private @Nullable String url;

    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "How many programs share the limit: goes on with an Nth of it where Redis cannot be reached.")
    private @Nullable Integer instances;

    /**
     * The Redis that was chosen, to which nothing is connected yet, or null.
     *
     * @param requestsPerSecond of all that share it, or null for the default
     * @throws IllegalArgumentException where an option is wrong; the message is for the user, and has no password in it
     */
    @Nullable
    SharedRedis choose(@Nullable Double requestsPerSecond) {
        if (url != null && url.indexOf('@') >= 0) {
            throw new IllegalArgumentException("--redis must not contain a user or a password, since every user of a"
                    + " machine sees its command lines: set " + Environment.REDIS_URL + " instead");
        }
        if (instances != null && instances < 1) {
            throw new IllegalArgumentException("--instances must be 1 or more: " + instances);
        }
        String chosen = url == null ? Environment.value(Environment.REDIS_URL) : url;
        if (chosen == null || chosen.isEmpty()) {
            if (url != null || instances != null) {
                throw new IllegalArgumentException("no Redis: set --redis or " + Environment.REDIS_URL);
            }
            return null;
        }
        return new SharedRedis(
                parse(url == null ? Environment.REDIS_URL : "--redis", chosen), instances, requestsPerSecond);
    }

    boolean isGiven() {
        return url != null || instances != null;
    }

    private static RedisURI parse(String name, String url) {
        try {
            return RedisURI.create(url);
        } catch (RuntimeException malformed) {
            // Its message repeats the URL, which may contain a password.
            throw new IllegalArgumentException(name + " must be a URL such as redis://localhost:6379");
        }
    }
}
