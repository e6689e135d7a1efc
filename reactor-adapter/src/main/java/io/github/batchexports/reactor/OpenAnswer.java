package io.github.batchexports.reactor;

import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.client.HttpClient;
import reactor.util.context.Context;

/**
 * The answer of one exchange while it is open. Reactor Netty keeps the connection of an answer whose body its decoders
 * refuse (broken compression) and never gives it back to the pool. So an exchange that does not succeed closes the
 * connection here, if it is still the exchange's.
 */
final class OpenAnswer {

    private @Nullable ChannelOperations<?, ?> operations;
    private boolean aborted;

    /** The client, which from now on tells an exchange's {@link OpenAnswer} of its connection, by the Reactor context. */
    static HttpClient watchedBy(HttpClient http) {
        return http.doOnResponse((response, connection) -> response.currentContextView()
                .<OpenAnswer>getOrEmpty(OpenAnswer.class)
                .ifPresent(answer -> answer.arrived(connection)));
    }

    Context in(Context context) {
        return context.put(OpenAnswer.class, this);
    }

    private synchronized void arrived(Connection connection) {
        operations = connection.as(ChannelOperations.class);
        if (aborted) {
            close();
        }
    }

    synchronized void abort() {
        aborted = true;
        close();
    }

    private void close() {
        ChannelOperations<?, ?> open = operations;
        if (open != null) {
            open.channel().eventLoop().execute(() -> close(open));
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
