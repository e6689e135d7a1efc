package io.github.batchexports.reactor;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Where the shared polls of one project's watches look for a page before they call the API. Supply one when several
 * processes watch the same project, so that a page that one of them fetched serves all. Nothing else asks it: {@code list},
 * {@code view}, {@code awaitCompletion} and downloads always call.
 *
 * <p>A cache cannot break a watch. The caller fetches for itself, once, when the cache throws, ends in an error or without a
 * value, gives bytes that are no page, or gives nothing within {@code responseTimeout}; the time of {@code fetch} does not
 * count. A second value is ignored.
 */
public interface PollCache {

    /**
     * A page that was fetched less than {@code maxAge} ago, by whichever process, or else what {@code fetch} gives.
     * Implementations are thread-safe and do not block. Watches may get what is on the page on the thread that gives it.
     *
     * @param page names the page, such as {@code limit=100&from=CURSOR}, the cursor percent-encoded, or the single export that
     *     a poll looks at, as {@code id=ID}; it has no API key and no project key in it
     * @param maxAge the shortest interval that the watches want, less a tenth or a second, whichever is shorter
     * @param fetch makes the call, with its permit and its retries, and gives the page's body, checked to be one; subscribe to
     *     it only when the page has to be fetched, and pass its error on. A cancel of it cancels the call. It calls at most
     *     once: subscribed to again after it ended, it gives the same.
     * @return the page's body, to be left unchanged; empty if there is none
     */
    Mono<byte[]> getOrFetch(String page, Duration maxAge, Mono<byte[]> fetch);
}
