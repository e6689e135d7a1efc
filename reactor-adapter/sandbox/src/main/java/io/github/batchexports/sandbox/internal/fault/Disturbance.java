package io.github.batchexports.sandbox.internal.fault;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/** What one call gets in place of the usual reply. The usual one has effects, and is made only if it is sent. */
@FunctionalInterface
public interface Disturbance {

    Publisher<Void> answer(Supplier<? extends Reply> usual, HttpServerResponse response);

    static Disturbance none() {
        return (usual, response) -> usual.get().send(response);
    }

    static Disturbance instead(Reply reply) {
        return (usual, response) -> reply.send(response);
    }

    static Disturbance cut() {
        return (usual, response) -> usual.get().sendHalf(response);
    }

    static Disturbance reset() {
        return (usual, response) -> close(response);
    }

    static Disturbance silence() {
        return (usual, response) -> Mono.never();
    }

    /** Waits on the connection's own event loop: a test may have put Reactor's schedulers on virtual time. */
    static Disturbance delay(Duration time) {
        return (usual, response) -> Mono.<EventLoop>create(sink -> response.withConnection(
                        connection -> sink.success(connection.channel().eventLoop())))
                .flatMap(loop -> Mono.delay(time, Schedulers.fromExecutorService(loop)))
                .then(Mono.defer(() -> Mono.from(usual.get().send(response))));
    }

    /** Ends the connection as it is. */
    static Mono<Void> close(HttpServerResponse response) {
        return Mono.create(sink -> response.withConnection(
                connection -> connection.channel().close().addListener(closed -> sink.success())));
    }
}
