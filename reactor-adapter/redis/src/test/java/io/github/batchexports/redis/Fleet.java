package io.github.batchexports.redis;

import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.RequestPacer.Permit;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Instances with a Redis connection each, like separate processes. */
final class Fleet implements AutoCloseable {

    static final String PROJECT = "project_0664hxvwffvbpn278gxdyhsadddqgna6";

    private final RedisServer server;
    private final UnaryOperator<BatchExportsRedis.Builder> options;
    private final List<RedisClient> clients = new ArrayList<>();
    private final List<BatchExportsRedis> shared = new ArrayList<>();

    Fleet(RedisServer server, UnaryOperator<BatchExportsRedis.Builder> options) {
        this.server = server;
        this.options = options;
    }

    BatchExportsRedis instance() {
        RedisClient client = RedisClient.create();
        BatchExportsRedis redis =
                options.apply(BatchExportsRedis.builder(client, server.uri())).build();
        clients.add(client);
        shared.add(redis);
        return redis;
    }

    RequestPacer pacer() {
        return instance().pacer(PROJECT);
    }

    List<RequestPacer> pacers(int count) {
        List<RequestPacer> pacers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pacers.add(pacer());
        }
        return pacers;
    }

    /** Disconnects instances from Redis without notice, as when their processes die. */
    Mono<Void> disconnect(int from, int to) {
        shared.subList(from, to).clear();
        return Flux.fromIterable(List.copyOf(clients.subList(from, to)))
                .flatMap(client -> Mono.fromFuture(client.shutdownAsync(0, 1, TimeUnit.SECONDS)))
                .then();
    }

    /** Makes calls one after the other, each sent at once; a refused one is made again. */
    static Mono<Void> calls(String name, RequestPacer pacer, int count, StrictLimit limit) {
        return Flux.range(0, count)
                .concatMap(number -> call(name, pacer, limit)
                        .repeat()
                        .takeUntil(accepted -> accepted)
                        .then())
                .then();
    }

    static Mono<Boolean> call(String name, RequestPacer pacer, StrictLimit limit) {
        return pacer.acquire().map(permit -> send(name, permit, pacer, limit));
    }

    private static boolean send(String name, Permit permit, RequestPacer pacer, StrictLimit limit) {
        permit.sent();
        boolean accepted = limit.lets(name);
        permit.release();
        if (!accepted) {
            pacer.holdFor(Duration.ofMillis(200));
        }
        return accepted;
    }

    @Override
    public void close() {
        shared.forEach(BatchExportsRedis::close);
        Flux.fromIterable(clients)
                .flatMap(client -> Mono.fromFuture(client.shutdownAsync(0, 1, TimeUnit.SECONDS)))
                .then()
                .block();
    }
}
