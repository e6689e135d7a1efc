package io.github.batchexports.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** A way to a real Redis that can be cut, as by a partition; and the clock of that Redis can be set. */
final class FaultyScripts implements ScriptRunner {

    private static final String CLOCK = "* 1000000 + time[2]";

    private final ScriptRunner redis;
    private final AtomicLong clockAhead;
    private volatile boolean cut;

    /** @param clockAhead by how many microseconds Redis' clock is ahead; one for all that share it */
    FaultyScripts(ScriptRunner redis, AtomicLong clockAhead) {
        this.redis = redis;
        this.clockAhead = clockAhead;
    }

    static void step(AtomicLong clockAhead, Duration time) {
        clockAhead.addAndGet(time.toNanos() / 1000);
    }

    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    @Override
    public Mono<List<?>> run(LuaScript script, List<byte[]> keys, List<byte[]> args) {
        if (cut) {
            return Mono.never();
        }
        String source = script.text().replace(CLOCK, CLOCK + " + (" + clockAhead.get() + ")");
        String digest = HexFormat.of().formatHex(Digests.of("SHA-1", source.getBytes(StandardCharsets.UTF_8)));
        return redis.run(new LuaScript(source, digest), keys, args);
    }
}
