package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.fault.Disturbance;
import io.github.batchexports.sandbox.internal.fault.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A file, or the part of it that was asked for.
 *
 * @param range what was asked for
 * @param cuts where it may break off
 */
record FileReply(int status, Map<CharSequence, String> headers, FileContent content, ByteRange range, Cuts cuts)
        implements Reply {

    @Override
    public Publisher<Void> send(HttpServerResponse response) {
        return send(cuts.sent(range), response);
    }

    @Override
    public Publisher<Void> sendHalf(HttpServerResponse response) {
        ByteRange half = new ByteRange(range.first(), range.first() + range.length() / 2);
        return range.length() == 0 ? Disturbance.close(response) : send(half, response);
    }

    private Publisher<Void> send(ByteRange sent, HttpServerResponse response) {
        headers.forEach(response.status(status)::header);
        response.header(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(range.length()));
        Publisher<Void> bytes = response.send(content.buffers(sent, response.alloc()));
        return sent.equals(range) ? bytes : Mono.from(bytes).then(Disturbance.close(response));
    }
}
