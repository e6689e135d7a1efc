package io.github.batchexports.sandbox.internal;

import io.github.batchexports.sandbox.internal.fault.Disturbance;
import io.github.batchexports.sandbox.internal.fault.Reply;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What the API answers to a call: a status, headers, the body's type and the body. A body that is null is none.
 */
public record Response(
        int status,
        Map<? extends CharSequence, String> headers,
        CharSequence type,
        @Nullable String body) implements Reply {

    public static Response of(Map<String, Object> body) {
        return json(200, Map.of(), Json.write(body));
    }

    static Response accepted(Map<String, Object> body) {
        return json(202, Map.of(), Json.write(body));
    }

    public static Response redirect(String location) {
        return new Response(307, Map.of(HttpHeaderNames.LOCATION, location), "", null);
    }

    public static Response refusal(int status, String code, String message) {
        return json(status, Map.of(), error(code, message));
    }

    public static Response tooSoon(long retryAfterSeconds) {
        String seconds = String.valueOf(retryAfterSeconds);
        String body = error("TOO_MANY_REQUESTS", "One call at a time, please.");
        return json(429, Map.of(HttpHeaderNames.RETRY_AFTER, seconds), body);
    }

    public static Response json(int status, Map<? extends CharSequence, String> headers, String body) {
        return new Response(status, headers, HttpHeaderValues.APPLICATION_JSON, body);
    }

    /** What a proxy in front of the API may send. */
    public static Response page(String html) {
        return new Response(200, Map.of(), "text/html", html);
    }

    private static String error(String code, String message) {
        return Json.write(Map.of("error_code", code, "error_message", message));
    }

    @Override
    public Publisher<Void> send(HttpServerResponse response) {
        return body == null ? head(response).send() : head(response).sendString(Mono.just(body));
    }

    /** Without a body there is no half of it: nothing arrives. */
    @Override
    public Publisher<Void> sendHalf(HttpServerResponse response) {
        if (body == null) {
            return Disturbance.close(response);
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        // Hidden, since a single known value would be sent as a whole response, after which nothing closes.
        Flux<byte[]> half = Flux.just(Arrays.copyOf(bytes, bytes.length / 2)).hide();
        NettyOutbound outbound = head(response)
                .compression(false)
                .header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length))
                .sendByteArray(half);
        return Mono.from(outbound).then(Disturbance.close(response));
    }

    private HttpServerResponse head(HttpServerResponse response) {
        response.status(status);
        headers.forEach(response::header);
        return body == null ? response : response.header(HttpHeaderNames.CONTENT_TYPE, type);
    }
}
