package io.github.batchexports.reactor;

import java.time.Instant;
import reactor.core.publisher.Mono;

/**
 * Spaces the calls of one project, whoever makes them. The client's own pacer knows of this process alone: where several
 * processes share a project's limit, an application can put a pacer here that asks something they share.
 *
 * <p>Every attempt at every call takes a turn, retries included. Implementations are thread-safe and hold no thread while
 * they wait.
 */
public interface RequestPacer {

    /**
     * Waits for a turn: completes when a call may start, once for each subscription. A subscription that is cancelled
     * while it waits gives its turn back.
     */
    Mono<Void> awaitTurn();

    /** Gives no turn before this time, since the server asked for it (at most two minutes ahead) or refused a call. */
    void holdUntil(Instant time);
}
