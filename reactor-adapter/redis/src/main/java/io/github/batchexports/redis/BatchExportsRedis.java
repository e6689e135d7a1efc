package io.github.batchexports.redis;

import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.github.batchexports.reactor.PollCache;
import io.github.batchexports.reactor.RequestPacer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.reactive.RedisScriptingReactiveCommands;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets many processes share the rate limit of a project through a Redis.
 *
 * <pre>{@code
 * BatchExportsRedis redis = BatchExportsRedis.builder(redisClient, redisUri).build();
 * BatchExportsClient client = redis.configure(BatchExportsClient.builder())
 *     .restApiKey(key)
 *     .projectKey(project)
 *     .build();
 * }</pre>
 *
 * <p>All processes must be given the same {@code requestsPerSecond} and {@code keyPrefix}. A call costs two round trips to
 * Redis; a process that calls nothing sends nothing. While Redis is away each process calls in its own share of the time.
 * Thread-safe; nothing blocks and no thread is held while something waits.
 */
public final class BatchExportsRedis implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofMillis(500);

    private final ScriptRunner scripts;
    private final Mono<Void> disconnect;
    private final String keyPrefix;
    private final double requestsPerSecond;
    private final int instances;
    private final Queue<Place> places = new ConcurrentLinkedQueue<>();

    /** One client's among all that call for a project. The client keeps the pacer, and ends its place with itself. */
    private record Place(String projectKey, WeakReference<RedisPacer> reference) {

        Stream<RedisPacer> pacer() {
            return Stream.ofNullable(reference.get());
        }
    }

    private BatchExportsRedis(Builder builder) {
        this.scripts = builder.scripts;
        this.disconnect = builder.disconnect;
        this.keyPrefix = builder.keyPrefix;
        this.requestsPerSecond = builder.requestsPerSecond;
        this.instances = builder.instances;
    }

    /**
     * Returns a builder that opens a connection of its own on first use; {@link #close()} closes it.
     *
     * @param client the application's client, which it keeps and shuts down itself
     * @param uri where Redis is; user, password and TLS are the URI's
     */
    public static Builder builder(RedisClient client, RedisURI uri) {
        LettuceConnection connection =
                new LettuceConnection(Objects.requireNonNull(client, "client"), Objects.requireNonNull(uri, "uri"));
        return new Builder(new LettuceScripts(connection.commands()), connection.close());
    }

    /**
     * Returns a builder on a connection of the application, which stays open: {@code connection.reactive()} of a single Redis, a
     * master with replicas or a cluster, made with Lettuce's {@code ByteArrayCodec}.
     */
    public static Builder builder(RedisScriptingReactiveCommands<byte[], byte[]> commands) {
        return new Builder(new LettuceScripts(Mono.just(Objects.requireNonNull(commands, "commands"))), Mono.empty());
    }

    /** Returns a builder on Spring Data Redis' connections, with their sentinels, cluster and TLS. */
    public static Builder builder(ReactiveRedisConnectionFactory connections) {
        SpringScripts scripts = new SpringScripts(Objects.requireNonNull(connections, "connections"));
        return new Builder(scripts, Mono.fromRunnable(scripts::forgetConnection));
    }

    /** Returns a builder on this template's connections; its serializers are not used. */
    public static Builder builder(ReactiveRedisTemplate<?, ?> template) {
        return builder(Objects.requireNonNull(template, "template").getConnectionFactory());
    }

    /**
     * Makes the clients of this builder share the limit and the polls of their watches: sets {@code pacer}, or
     * {@code requestsPerSecond(0)} where there is none, and {@code pollCache}.
     *
     * @return the same builder
     */
    public BatchExportsClientBuilder configure(BatchExportsClientBuilder client) {
        BatchExportsClientBuilder paced =
                requestsPerSecond > 0 ? client.pacer(this::pacer) : client.requestsPerSecond(0);
        return paced.pollCache(this::pollCache);
    }

    /**
     * Returns a new pacer for this project, registered as one more process that shares its limit. Create one per client, as
     * {@link #configure} does.
     *
     * @throws IllegalStateException when {@code requestsPerSecond} is 0 or less: then there is nothing to pace
     */
    public RequestPacer pacer(String projectKey) {
        if (requestsPerSecond <= 0) {
            throw new IllegalStateException("requestsPerSecond is 0: there is no pace to share");
        }
        FleetPace pace = FleetPace.perSecond(requestsPerSecond);
        String instance = String.format("%016x", ThreadLocalRandom.current().nextLong());
        RedisPacer pacer = new RedisPacer(
                new SharedPace(scripts, new ProjectKeys(keyPrefix, projectKey)),
                pace,
                new FleetView(instance, pace, instances, System.nanoTime()));
        places.removeIf(place -> place.pacer().findAny().isEmpty());
        places.add(new Place(projectKey, new WeakReference<>(pacer)));
        return pacer;
    }

    /** Returns this project's poll cache. Pages stay in Redis as long as a poll may use them, and four seconds more. */
    public PollCache pollCache(String projectKey) {
        return new RedisPollCache(scripts, new ProjectKeys(keyPrefix, projectKey), () -> stayKnown(projectKey));
    }

    /** Whoever lives on others' pages has to be known to them all the same. */
    private void stayKnown(String projectKey) {
        places.stream()
                .filter(place -> place.projectKey().equals(projectKey))
                .flatMap(Place::pacer)
                .forEach(RedisPacer::stayKnown);
    }

    /** As {@link #closeAsync()}, without waiting for it. */
    @Override
    public void close() {
        closeAsync().subscribe();
    }

    /**
     * Removes this process from those that share the limit, so that the others take over its share at once, and closes the
     * connection if this object opened it. Close clients first, and shut the Lettuce client down afterwards. What calls later
     * connects again, and takes its share again.
     *
     * @return completes when that is done, at the latest after a second; never fails
     */
    public Mono<Void> closeAsync() {
        return Flux.fromStream(() -> places.stream().flatMap(Place::pacer))
                .flatMap(pacer -> pacer.quit().onErrorComplete())
                .then()
                .timeout(LONGEST_CLOSE)
                .onErrorComplete()
                .then(disconnect.timeout(LONGEST_CLOSE).onErrorComplete());
    }

    /** Builds a {@link BatchExportsRedis}. A value that cannot work is refused at once, by its name. Not thread-safe. */
    public static final class Builder {

        private final ScriptRunner scripts;
        private final Mono<Void> disconnect;
        private double requestsPerSecond = 1;
        private int instances;
        private String keyPrefix = "batch-exports";

        private Builder(ScriptRunner scripts, Mono<Void> disconnect) {
            this.scripts = scripts;
            this.disconnect = disconnect;
        }

        /**
         * Sets the calls per second of all processes together, by default 1; calls are spaced 4 % wider. 0 or less: unpaced.
         *
         * @throws IllegalArgumentException if it is not a number
         */
        public Builder requestsPerSecond(double calls) {
            if (Double.isNaN(calls)) {
                throw new IllegalArgumentException("requestsPerSecond must be a number: 0 for no limit");
            }
            this.requestsPerSecond = calls;
            return this;
        }

        /**
         * Sets how many processes share the limit, so that one that never reached Redis can go on with its part of it. By
         * default this is not known, and its calls fail with a {@link io.github.batchexports.error.PacerException}
         * whose cause is a {@link RedisUnavailableException}. Of no effect once Redis was reached.
         *
         * @param count 1 or more
         * @throws IllegalArgumentException if it is less
         */
        public Builder instances(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("instances must be 1 or more: " + count);
            }
            this.instances = count;
            return this;
        }

        /**
         * Sets the beginning of all keys' names, by default {@code batch-exports}. They go on with a digest of the project key.
         *
         * @throws IllegalArgumentException if it is empty or contains a brace, which a cluster would read
         */
        public Builder keyPrefix(String prefix) {
            Objects.requireNonNull(prefix, "keyPrefix");
            if (prefix.isEmpty() || prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
                throw new IllegalArgumentException("keyPrefix must not be empty or contain a brace: " + prefix);
            }
            this.keyPrefix = prefix;
            return this;
        }

        /** Builds it. Redis is not contacted before the first call. */
        public BatchExportsRedis build() {
            return new BatchExportsRedis(this);
        }
    }
}
