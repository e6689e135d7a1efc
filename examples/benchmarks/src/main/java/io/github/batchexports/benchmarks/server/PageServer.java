package io.github.batchexports.benchmarks.server;

import io.github.batchexports.benchmarks.data.Cursor;
import io.github.batchexports.benchmarks.data.Pages;
import io.github.batchexports.benchmarks.data.Shape;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Answers listings with pages that were made before. {@code GET /counts} says how many calls there were. */
public final class PageServer implements AutoCloseable {

    private final ServerOptions options;
    private final List<ByteBuf> beginnings;
    private final Arrivals arrivals;
    private final DisposableServer server;

    private PageServer(ServerOptions options) {
        this.options = options;
        this.arrivals = new Arrivals(options.requestsPerSecond());
        int bodies = Math.min(options.pages(), options.bodies());
        this.beginnings = Pages.beginnings(Shape.SOURCE, bodies, options.pageSize()).stream()
                .map(PageServer::shared)
                .toList();
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/2.8/exports/list", this::list).get("/counts", this::counts))
                .bindNow(Duration.ofSeconds(10));
    }

    /** A buffer outside the heap that all answers share and none frees. */
    private static ByteBuf shared(byte[] bytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory));
    }

    /** Makes the pages and starts. */
    public static PageServer start(ServerOptions options) {
        return new PageServer(options);
    }

    /** Where it is, without a slash at the end. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    private Publisher<Void> list(HttpServerRequest request, HttpServerResponse response) {
        if (!arrivals.takes(System.nanoTime())) {
            return response.status(429).header("Retry-After", "1").send();
        }
        Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
        if (!List.of(Integer.toString(options.pageSize())).equals(query.get("limit"))) {
            return response.status(400).send();
        }
        List<String> from = query.get("from");
        int page = from == null ? 0 : Cursor.page(from.get(0));
        Mono<Void> answer = Mono.defer(() -> send(page, response));
        return options.delayMillis() == 0
                ? answer
                : Mono.delay(Duration.ofMillis(options.delayMillis())).then(answer);
    }

    private Mono<Void> send(int page, HttpServerResponse response) {
        ByteBuf beginning = beginnings.get(page % beginnings.size());
        byte[] end = page + 1 < options.pages() ? Pages.endBefore(page + 1) : Pages.lastEnd();
        return response.header("Content-Type", "application/json")
                .header("Content-Length", Integer.toString(beginning.readableBytes() + end.length))
                .sendObject(Unpooled.wrappedBuffer(beginning.duplicate(), Unpooled.wrappedBuffer(end)))
                .then();
    }

    private Publisher<Void> counts(HttpServerRequest request, HttpServerResponse response) {
        return response.sendString(Mono.just(arrivals.calls() + " " + arrivals.refused()));
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
