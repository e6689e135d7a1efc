package io.github.batchexports.reactor;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Paces all API calls of one project. Supply one by {@link BatchExportsClientBuilder#pacer} when several processes share
 * the project's limit; the client's own pacer knows only its process.
 *
 * <p>Every attempt at every API call acquires a permit, retries included; calls to a file's storage do not. Implementations
 * are thread-safe and hold no thread while a call waits. What {@code acquire()} throws, and its completion without a permit,
 * fails that call alone; a second permit is released.
 */
public interface RequestPacer {

    /**
     * Returns one permit for each subscription, as soon as a call may start. Cancelling while waiting gives the permit
     * back; a permit that is emitted into a cancel is released by the client.
     */
    Mono<Permit> acquire();

    /**
     * Grants no permit for {@code time} from now, because the server asked for it (at most two minutes) or refused a call.
     * A shorter hold than the one in force changes nothing. Must neither block nor throw.
     */
    void holdFor(Duration time);

    /**
     * The right to make one API call, as a lease. Both methods are idempotent, may be called from any thread and must
     * neither block nor throw.
     */
    interface Permit {

        /** The request was sent: flushed to the connection. The distance to the next call counts from here. */
        void sent();

        /**
         * The call has ended, successfully or not. Before {@link #sent()} it gives the permit back, as if it had not been
         * acquired; after it, it does nothing.
         */
        void release();
    }
}
