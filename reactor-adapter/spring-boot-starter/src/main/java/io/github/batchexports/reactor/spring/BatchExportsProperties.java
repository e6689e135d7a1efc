package io.github.batchexports.reactor.spring;

import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The properties; what is not set is left to the builder.
 *
 * @param restApiKey REST API key, as Batch's dashboard shows it. Without it there is no client.
 * @param projectKey Project key, as Batch's dashboard shows it.
 * @param baseUrl Server. Plain http is for this machine alone.
 * @param apiVersion Version of the API.
 * @param requestsPerSecond Calls that the project may make in a second; 0 or less for no pace.
 * @param responseTimeout How long one attempt may take until the response is complete, from 1 ms to 1 hour.
 * @param maxPageBytes How large a page may be after decompression, at least 1 KiB; a number without a unit is bytes.
 * @param retry When a failed call is made again.
 * @param redis Sharing with other processes.
 */
@ConfigurationProperties("batch.exports")
record BatchExportsProperties(
        @Nullable String restApiKey,
        @Nullable String projectKey,
        @Nullable String baseUrl,
        @Nullable String apiVersion,
        @Nullable Double requestsPerSecond,
        @Nullable Duration responseTimeout,
        @Nullable DataSize maxPageBytes,
        @Nullable Retry retry,
        @Nullable Redis redis) {

    /**
     * The properties of retrying.
     *
     * @param maxAttempts Attempts at one call in all, the first included.
     * @param firstDelay The most that is waited before the second attempt, doubled for each one after.
     * @param maxDelay Where the doubling of the delay ends.
     * @param maxElapsed Time from the first attempt after which no retry is planned.
     */
    record Retry(
            @Nullable Integer maxAttempts,
            @Nullable Duration firstDelay,
            @Nullable Duration maxDelay,
            @Nullable Duration maxElapsed) {

        private RetryPolicy policy() {
            RetryPolicy.Builder policy = RetryPolicy.builder();
            ifSet(maxAttempts, policy::maxAttempts);
            ifSet(firstDelay, policy::firstDelay);
            ifSet(maxDelay, policy::maxDelay);
            ifSet(maxElapsed, policy::maxElapsed);
            return policy.build();
        }
    }

    /**
     * The properties of sharing.
     *
     * @param enabled Whether the limit and the polls are shared with other processes, through the application's Redis.
     * @param instances How many processes share them, for one that starts while Redis cannot be reached.
     * @param keyPrefix How the names of the keys in Redis begin.
     */
    record Redis(
            @Nullable Boolean enabled,
            @Nullable Integer instances,
            @Nullable String keyPrefix) {

        /** What is empty binds as null. */
        boolean isEnabled() {
            return Boolean.TRUE.equals(enabled);
        }
    }

    void applyTo(BatchExportsClientBuilder builder) {
        ifNotBlank(restApiKey, builder::restApiKey);
        ifNotBlank(projectKey, builder::projectKey);
        ifNotBlank(baseUrl, builder::baseUrl);
        ifNotBlank(apiVersion, builder::apiVersion);
        ifSet(requestsPerSecond, builder::requestsPerSecond);
        ifSet(responseTimeout, builder::responseTimeout);
        ifSet(maxPageBytes, size -> builder.maxPageBytes(bytes(size)));
        ifSet(retry, options -> builder.retry(options.policy()));
    }

    private static int bytes(DataSize size) {
        if (size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("maxPageBytes must be less than 2 GiB: " + size);
        }
        return (int) size.toBytes();
    }

    static <T> void ifSet(@Nullable T value, Consumer<T> option) {
        if (value != null) {
            option.accept(value);
        }
    }

    /** An environment variable that is not set leaves an empty text, which is none. */
    private static void ifNotBlank(@Nullable String value, Consumer<String> option) {
        if (value != null && !value.isBlank()) {
            option.accept(value);
        }
    }

    /** Names the class alone: the key is a secret. */
    @Override
    public String toString() {
        return "BatchExportsProperties";
    }
}
