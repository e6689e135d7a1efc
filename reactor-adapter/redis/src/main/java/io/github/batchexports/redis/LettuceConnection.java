package io.github.batchexports.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A connection of our own: made when it is first needed, again while it could not be made and after it was closed, and kept
 * by Lettuce since.
 */
final class LettuceConnection {

    private final RedisClient client;
    private final RedisURI uri;
    private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection;

    LettuceConnection(RedisClient client, RedisURI uri) {
        this.client = client;
        this.uri = uri;
    }

    Mono<RedisReactiveCommands<byte[], byte[]>> commands() {
        // A subscriber that leaves does not end what others wait for.
        return Mono.defer(() -> Mono.fromFuture(connect(), true)).map(StatefulRedisConnection::reactive);
    }

    private synchronized CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connect() {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connection;
        if (current == null || current.isCompletedExceptionally()) {
            current = client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
            connection = current;
        }
        return current;
    }

    /** A connection that is still being made is closed as soon as it is made, whether that is waited for or not. */
    Mono<Void> close() {
        return Mono.defer(() -> Mono.justOrEmpty(take()))
                .map(made -> made.thenCompose(StatefulRedisConnection::closeAsync))
                .flatMap(closed -> Mono.fromFuture(closed, true))
                .onErrorComplete();
    }

    private synchronized @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> take() {
        CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connection;
        connection = null;
        return current;
    }
}
