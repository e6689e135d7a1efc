package io.github.batchexports.reactor;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Where the shared polls of one project's watches look for a page before they call the API. Supply one when several
 * processes watch the same project, so that a page that one of them fetched serves all. Nothing else uses it: {@code list},
 * {@code view}, {@code awaitCompletion} and downloads always call.
 *
 * <p>A cache cannot break a watch. The caller fetches for itself, once, when the cache throws, fails, completes empty, emits
 * bytes that are no page, or emits nothing within {@code responseTimeout}, not counting the time of {@code fetch}. A second
 * value is ignored.
 */
public interface PollCache {

    /**
     * Returns a page that any process fetched less than {@code maxAge} ago, or else what {@code fetch} emits.
     * Implementations are thread-safe and do not block. Watches may get what is on the page on the thread that emits it.
     *
     * @param page names the page, such as {@code limit=100&from=CURSOR}, the cursor percent-encoded, or the single export
     *     that a poll views, as {@code id=ID}; contains no API key and no project key
     * @param maxAge the shortest interval that the watches want, less a tenth or a second, whichever is shorter
     * @param fetch makes the call, with its permit and its retries, and emits the page's body, which is known to be
     *     readable; subscribe to it only when the page has to be fetched, and pass its error on. It calls at most once: all
     *     subscribers get how that call ends. The call goes on when they cancel, and is cancelled when the watches no
     *     longer need the page.
     * @return the page's body, which must not be changed; empty if there is none
     */
    Mono<byte[]> getOrFetch(String page, Duration maxAge, Mono<byte[]> fetch);
}
