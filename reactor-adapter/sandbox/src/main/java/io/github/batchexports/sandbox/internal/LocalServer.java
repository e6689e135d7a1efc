package io.github.batchexports.sandbox.internal;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A server on this machine alone, on event loops of its own: Reactor Netty's end with a Spring application in the same JVM.
 * Closing it ends its connections too, also those of calls that get no answer.
 */
public final class LocalServer implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final LoopResources loops = LoopResources.create("sandbox", 2, true);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final DisposableServer server;

    /**
     * Binds it.
     *
     * @param port 0 for a free one
     */
    public LocalServer(
            int port, boolean compresses, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
        this.server = HttpServer.create()
                .runOn(loops)
                .host("127.0.0.1")
                .port(port)
                .option(ChannelOption.SO_REUSEADDR, true)
                .compress(compresses)
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(handler)
                .bindNow(Duration.ofSeconds(10));
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        // First no new ones: some callers repeat a call at once when its connection ends.
        server.disposeNow(LONGEST_CLOSE);
        connections.close().awaitUninterruptibly(LONGEST_CLOSE.toMillis());
        loops.disposeLater(Duration.ZERO, LONGEST_CLOSE).subscribe();
    }
}
