package io.github.batchexports.redis;

import io.github.batchexports.reactor.PollCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The pages of polls, shared through Redis: whoever finds no page young enough gets a lease to fetch it, and the others wait
 * for what comes of that. The lease is short and renewed while its holder fetches, so that one that dies is soon replaced.
 * Whatever Redis cannot say in time, the caller fetches for itself.
 */
final class RedisPollCache implements PollCache {

    private static final Logger LOG = Loggers.getLogger(RedisPollCache.class);
    private static final LuaScript SCRIPT = LuaScript.load("poll.lua");

    /** Connecting included, in a program that has just been started. */
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(3);

    private static final Duration ANSWER = Duration.ofSeconds(1);
    /** After it did not answer, twice as long after each more time: polls go on without it, and should not be late by much. */
    private static final Duration PROBE = Duration.ofMillis(100);

    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration FIRST_LOOK = Duration.ofMillis(50);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(400);
    private static final Duration LONGEST_AGE = Duration.ofDays(1);

    private final ScriptRunner redis;
    private final ProjectKeys keys;
    private final Runnable onUse;
    private volatile Duration timeout = FIRST_CONTACT;

    /** @param onUse runs before each look for a page; must not block */
    RedisPollCache(ScriptRunner redis, ProjectKeys keys, Runnable onUse) {
        this.redis = redis;
        this.keys = keys;
        this.onUse = onUse;
    }

    @Override
    public Mono<byte[]> getOrFetch(String page, Duration maxAge, Mono<byte[]> fetch) {
        return Mono.defer(() -> {
            onUse.run();
            return new Lookup(keys.poll(page), maxAge, fetch).look(FIRST_LOOK);
        });
    }

    /** One caller's way to a page. */
    private final class Lookup {

        private final List<byte[]> names;
        private final long maxAge;
        private final Mono<byte[]> fetch;
        private final byte[] token =
                text(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));

        Lookup(List<byte[]> names, Duration maxAge, Mono<byte[]> fetch) {
            this.names = names;
            this.maxAge = (maxAge.compareTo(LONGEST_AGE) < 0 ? maxAge : LONGEST_AGE).toMillis();
            this.fetch = fetch;
        }

        Mono<byte[]> look(Duration nextLook) {
            return run("get", number(maxAge * 1000))
                    .onErrorResume(failure -> {
                        LOG.debug("Redis has no pages of polls: {}", failure.toString());
                        return Mono.just(List.of());
                    })
                    .flatMap(reply -> answer(reply, nextLook));
        }

        private Mono<byte[]> answer(List<?> reply, Duration nextLook) {
            String found = !reply.isEmpty() && reply.get(0) instanceof byte[] kind
                    ? new String(kind, StandardCharsets.UTF_8)
                    : "nothing";
            Object value = reply.size() > 1 ? reply.get(1) : null;
            if (found.equals("page") && value instanceof byte[] page) {
                return Mono.just(page);
            }
            if (found.equals("fetch") && value instanceof Long asked) {
                return fetchForAll(asked);
            }
            if (found.equals("wait") && value instanceof Long left) {
                Duration wait = left >= 0 && left < nextLook.toMillis() ? Duration.ofMillis(left + 1) : nextLook;
                Duration later = nextLook.multipliedBy(2);
                return Mono.delay(wait)
                        .then(Mono.defer(() -> look(later.compareTo(LONGEST_LOOK) < 0 ? later : LONGEST_LOOK)));
            }
            return fetch;
        }

        /** @param asked Redis' time, from which the page's age counts */
        private Mono<byte[]> fetchForAll(long asked) {
            return Mono.using(
                    () -> Flux.interval(LEASE.dividedBy(3))
                            .onBackpressureDrop()
                            .concatMap(tick -> run("renew").onErrorComplete())
                            .subscribe(),
                    renewal -> fetch.delayUntil(page -> store(asked, page))
                            .switchIfEmpty(Mono.fromRunnable(this::giveUp))
                            .doOnError(failure -> giveUp())
                            .doOnCancel(this::giveUp),
                    Disposable::dispose);
        }

        private Mono<?> store(long asked, byte[] page) {
            return run("put", number(asked), number(maxAge + LEASE.toMillis()), page)
                    .onErrorComplete();
        }

        /** Another may fetch at once, where the lease would keep it waiting. */
        private void giveUp() {
            run("fail").subscribe(reply -> {}, failure -> LOG.debug("A lease runs out: {}", failure.toString()));
        }

        private Mono<List<?>> run(String op, byte[]... more) {
            List<byte[]> args = new ArrayList<>(List.of(text(op), token, number(LEASE.toMillis())));
            Collections.addAll(args, more);
            return redis.run(SCRIPT, names, args)
                    .timeout(timeout)
                    .doOnNext(reply -> timeout = ANSWER)
                    .doOnError(failure -> timeout = timeout.compareTo(ANSWER) < 0 ? timeout.multipliedBy(2) : PROBE);
        }
    }

    private static byte[] number(long value) {
        return text(Long.toString(value));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
