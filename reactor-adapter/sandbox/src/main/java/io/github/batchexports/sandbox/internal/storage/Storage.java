package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.ExportFile;
import io.github.batchexports.sandbox.internal.Query;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The server that has the files. Its links are all it trusts: it refuses a call that comes with a second credential, as
 * storage with signed links does.
 */
public final class Storage implements AutoCloseable {

    private final Links links;
    private final boolean ranges;
    private final Cuts cuts;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();

    public Storage(Links links, boolean ranges, Cuts cuts) {
        this.links = links;
        this.ranges = ranges;
        this.cuts = cuts;
        this.server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(this::answer)
                .bindNow(Duration.ofSeconds(10));
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public int calls() {
        return calls.get();
    }

    public int refusals() {
        return refusals.get();
    }

    @Override
    public void close() {
        connections.close().awaitUninterruptibly();
        server.disposeNow(Duration.ofSeconds(5));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        calls.incrementAndGet();
        HttpHeaders headers = request.requestHeaders();
        if (headers.contains(HttpHeaderNames.AUTHORIZATION) || headers.contains("X-Batch-Project")) {
            refusals.incrementAndGet();
            return refuse(response, 400, "InvalidArgument", "Only one way to authenticate is allowed.");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return refuse(response, 405, "MethodNotAllowed", "Files can only be read.");
        }
        ExportFile file = links.file(new Query(request.uri()));
        if (file == null) {
            return refuse(response, 403, "AccessDenied", "The link has expired or its signature is wrong.");
        }
        return send(file, headers, response);
    }

    private Publisher<Void> send(ExportFile file, HttpHeaders headers, HttpServerResponse response) {
        ByteRange range = null;
        if (ranges) {
            String tag = "\"" + file.id() + "-" + file.size() + "\"";
            response.header(HttpHeaderNames.ACCEPT_RANGES, "bytes").header(HttpHeaderNames.ETAG, tag);
            range = range(headers, file.size(), tag);
        }
        if (range == null) {
            return send(file, ByteRange.whole(file.size()), response);
        }
        if (range.length() == 0) {
            response.header(HttpHeaderNames.CONTENT_RANGE, "bytes */" + file.size());
            return refuse(response, 416, "InvalidRange", "The range begins after the end of the file.");
        }
        String part = "bytes " + range.first() + "-" + (range.end() - 1) + "/" + file.size();
        return send(file, range, response.status(206).header(HttpHeaderNames.CONTENT_RANGE, part));
    }

    /** The range that a call asks for, or null when it gets the whole file. */
    private static @Nullable ByteRange range(HttpHeaders headers, long size, String tag) {
        String range = headers.get(HttpHeaderNames.RANGE);
        String condition = headers.get(HttpHeaderNames.IF_RANGE);
        return range == null || (condition != null && !condition.equals(tag)) ? null : ByteRange.of(range, size);
    }

    private Publisher<Void> send(ExportFile file, ByteRange range, HttpServerResponse response) {
        response.header(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(range.length()));
        ByteRange sent = cuts.sent(range);
        Publisher<Void> content = response.send(new FileContent(file).buffers(sent, response.alloc()));
        if (sent.equals(range)) {
            return content;
        }
        return Mono.from(content).then(Mono.fromRunnable(() -> response.withConnection(Connection::dispose)));
    }

    private static Publisher<Void> refuse(HttpServerResponse response, int status, String code, String message) {
        String body = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
        return response.status(status)
                .header(HttpHeaderNames.CONTENT_TYPE, "application/xml")
                .sendString(Mono.just(body));
    }
}
