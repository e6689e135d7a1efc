package io.github.batchexports.redis;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** The script for pacing, for one project. */
final class SharedPace {

    private static final LuaScript SCRIPT = LuaScript.load("pace.lua");

    private final ScriptRunner redis;
    private final List<byte[]> keys;

    SharedPace(ScriptRunner redis, ProjectKeys keys) {
        this.redis = redis;
        this.keys = keys.pace();
    }

    /** One request: its reply, or an error when there is none in time. */
    Mono<PaceReply> run(List<byte[]> args, Duration timeout) {
        return Mono.defer(() -> redis.run(SCRIPT, keys, args))
                .map(PaceReply::of)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Redis sent nothing")))
                .timeout(timeout);
    }
}
