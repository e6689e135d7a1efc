package io.github.batchexports.sandbox.internal.storage;

import io.github.batchexports.sandbox.internal.fault.Disturbance;
import io.github.batchexports.sandbox.internal.fault.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Why the storage sends no file, in the form that storage has. */
record Refusal(int status, Map<CharSequence, String> headers, String code, String message) implements Reply {

    @Override
    public Publisher<Void> send(HttpServerResponse response) {
        String body = "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
        headers.forEach(response.status(status)::header);
        return response.header(HttpHeaderNames.CONTENT_TYPE, "application/xml").sendString(Mono.just(body));
    }

    @Override
    public Publisher<Void> sendHalf(HttpServerResponse response) {
        return Disturbance.close(response);
    }
}
