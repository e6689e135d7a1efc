package io.github.batchexports.reactor.internal.http;

import java.time.Duration;

/** Hears how one HTTP exchange goes. Called on the connection's event loop; must neither block nor throw. */
public interface ExchangeListener {

    /** A connection is there, and the request is about to be written to it. */
    default void requestStarted() {}

    /** The request was flushed to the connection. */
    void requestSent();

    /** The response's status line and headers have come. */
    void responseReceived(int status);

    /** A successful response says that the project's rate is used up for this long. */
    void rateLimitReached(Duration hold);
}
