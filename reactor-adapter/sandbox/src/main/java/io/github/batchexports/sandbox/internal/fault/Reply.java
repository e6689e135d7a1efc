package io.github.batchexports.sandbox.internal.fault;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerResponse;

/** What a server is about to send. */
public interface Reply {

    Publisher<Void> send(HttpServerResponse response);

    /** Sends a part of it, and closes the connection. */
    Publisher<Void> sendHalf(HttpServerResponse response);
}
