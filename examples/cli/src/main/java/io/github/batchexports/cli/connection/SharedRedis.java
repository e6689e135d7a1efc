package io.github.batchexports.cli.connection;

import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.github.batchexports.redis.BatchExportsRedis;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/** The Redis through which programs share a limit and their polls, as long as one program runs. */
final class SharedRedis implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

    private final RedisURI uri;
    private final @Nullable Integer instances;
    private final RedisClient lettuce;
    private final BatchExportsRedis redis;

    /**
     * Connects to nothing yet.
     *
     * @param instances how many programs there are, or null
     * @param requestsPerSecond of all of them, or null for the default
     * @throws IllegalArgumentException by the name of the option that cannot be
     */
    SharedRedis(RedisURI uri, @Nullable Integer instances, @Nullable Double requestsPerSecond) {
        this.uri = uri;
        this.instances = instances;
        uri.setTimeout(CONNECT_TIMEOUT);
        ClientResources resources = ClientResources.builder()
                .reconnectDelay(
                        Delay.exponential(Duration.ofMillis(1), LONGEST_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
                .build();
        lettuce = RedisClient.create(resources);
        lettuce.setOptions(ClientOptions.builder()
                .socketOptions(
                        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
                .build());
        BatchExportsRedis.Builder options = BatchExportsRedis.builder(lettuce, uri);
        if (requestsPerSecond != null) {
            options.requestsPerSecond(requestsPerSecond);
        }
        if (instances != null) {
            options.instances(instances);
        }
        redis = options.build();
    }

    void configure(BatchExportsClientBuilder client) {
        redis.configure(client);
    }

    /**
     * Sees that it can be reached, unless it is known how to go on without it.
     *
     * @throws CommandFailedException if it cannot
     */
    void check() {
        if (instances != null) {
            return;
        }
        try (StatefulRedisConnection<String, String> connection = lettuce.connect(uri)) {
            connection.sync().ping();
        } catch (RuntimeException failure) {
            throw new CommandFailedException(
                    "Redis at " + place(uri) + " cannot be reached: " + reason(failure)
                            + "; check its URL and that it runs, or say with --instances how many programs share the limit",
                    failure);
        }
    }

    /** Without its password. */
    private static String place(RedisURI uri) {
        if (!uri.getSentinels().isEmpty()) {
            return uri.getSentinels().stream().map(SharedRedis::place).collect(Collectors.joining(", "));
        }
        return uri.getSocket() == null ? uri.getHost() + ":" + uri.getPort() : uri.getSocket();
    }

    private static String reason(RuntimeException failure) {
        Throwable cause = Exceptions.unwrap(failure);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public void close() {
        redis.closeAsync().block();
        // The threads are daemons and end with the program; to stop them takes Netty a second.
        lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
