package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.protocol.RestApiKey;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.ByteBufFlux;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.ContextView;

/**
 * One exchange while it is open: what it hears from the HTTP client, by the Reactor context.
 *
 * <p>Reactor Netty keeps the connection of a response whose body its decoders refuse (broken compression), and of a
 * request whose hooks throw, and never gives it back to the pool. So an exchange that does not succeed closes the
 * connection, if it is still the exchange's.
 */
public final class OpenExchange {

    /** Hears how one HTTP exchange goes. Called on the connection's event loop; must neither block nor throw. */
    public interface Listener {

        /**
         * A connection is there, and the request is about to be written to it. Never called once the exchange has ended;
         * called under the exchange's lock, so it runs nothing but the listener's own code.
         */
        default void requestStarted() {}

        /** The request was flushed to the connection. */
        void requestSent();

        /** The response's status line and headers have come. */
        void responseReceived(int status);

        /** A successful response says that the project's rate is used up for this long. */
        void rateLimitReached(Duration hold);
    }

    private final Listener listener;
    private final @Nullable RestApiKey key;
    private @Nullable Channel connecting;
    private @Nullable ChannelOperations<?, ?> operations;
    private @Nullable EventLoop eventLoop;
    private boolean aborted;

    /**
     * An exchange with the API or, without a key, with another server.
     *
     * @param key sent as {@code Authorization}
     */
    public OpenExchange(Listener listener, @Nullable RestApiKey key) {
        this.listener = listener;
        this.key = key;
    }

    /** The client, which from now on tells each exchange what becomes of it. */
    public static HttpClient watchedBy(HttpClient http) {
        return http.doOnChannelInit((observer, channel, address) -> {
                    OpenExchange exchange = of(observer.currentContext());
                    if (exchange != null) {
                        exchange.connecting(channel);
                    }
                })
                .doOnRequest((request, connection) -> {
                    OpenExchange exchange = of(request.currentContextView());
                    if (exchange != null) {
                        exchange.opened(connection);
                        exchange.authorize(request.requestHeaders());
                    }
                })
                .doAfterRequest((request, connection) -> {
                    OpenExchange exchange = of(request.currentContextView());
                    if (exchange != null) {
                        exchange.listener.requestSent();
                    }
                })
                .doOnResponse((response, connection) -> {
                    OpenExchange exchange = of(response.currentContextView());
                    if (exchange != null) {
                        exchange.listener.responseReceived(response.status().code());
                    }
                });
    }

    private void authorize(HttpHeaders headers) {
        if (key != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, key.authorization());
        }
    }

    private static @Nullable OpenExchange of(ContextView context) {
        return context.getOrDefault(OpenExchange.class, null);
    }

    /** Makes the exchange: what the response is turned into. A cancel, or a failure, closes the connection. */
    public <T> Flux<T> make(
            HttpClient http, ApiCall call, BiFunction<HttpClientResponse, ByteBufFlux, Publisher<T>> onResponse) {
        return subscribed(() -> request(http, call).response(onResponse))
                .doFinally(end -> {
                    if (end != SignalType.ON_COMPLETE) {
                        abort();
                    }
                })
                .contextWrite(context -> context.put(OpenExchange.class, this));
    }

    /** Some hooks, such as {@code mapConnect}, run when the request is made or subscribed to. */
    private static <T> Flux<T> subscribed(Supplier<Flux<T>> exchange) {
        return Flux.from(subscriber -> {
            try {
                exchange.get().subscribe(subscriber);
            } catch (Error e) {
                throw ForeignCode.asException(e);
            }
        });
    }

    private static HttpClient.ResponseReceiver<?> request(HttpClient http, ApiCall call) {
        String body = call.body();
        if (body == null) {
            return http.get().uri(call.uri());
        }
        return http.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON))
                .post()
                .uri(call.uri())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8))));
    }

    private synchronized void connecting(Channel channel) {
        connecting = channel;
    }

    /**
     * Either the request has started before the exchange is aborted, or it never leaves: by what it has heard the listener
     * decides whether to send it again, and its permit was given back.
     */
    private synchronized void opened(Connection connection) {
        operations = connection.as(ChannelOperations.class);
        // A channel that is closed has none any more.
        eventLoop = connection.channel().eventLoop();
        if (aborted) {
            close();
            // What is thrown here is written nowhere: the engine gives the request up.
            throw new CancellationException("the exchange ended before its request was written");
        }
        listener.requestStarted();
    }

    private synchronized void abort() {
        aborted = true;
        close();
    }

    private void close() {
        ChannelOperations<?, ?> open = operations;
        Channel channel = connecting;
        if (open != null && eventLoop != null) {
            eventLoop.execute(() -> close(open));
        } else if (channel != null) {
            channel.eventLoop().execute(() -> closeIfOwn(channel));
        }
    }

    /** A connection that was made for this exchange may have become another's, before its request or after. */
    private void closeIfOwn(Channel channel) {
        if (ChannelOperations.get(channel) instanceof HttpClientRequest request
                && of(request.currentContextView()) == this) {
            Connection.from(channel).dispose();
        }
    }

    /** On the event loop, where alone it is certain whose the connection is: the pool's, or another exchange's by now. */
    private static void close(ChannelOperations<?, ?> operations) {
        if (ChannelOperations.get(operations.channel()) == operations) {
            Connection.from(operations.channel()).dispose();
        } else {
            operations.discard();
        }
    }
}
