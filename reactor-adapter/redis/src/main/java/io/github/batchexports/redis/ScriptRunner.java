package io.github.batchexports.redis;

import java.util.List;
import reactor.core.publisher.Mono;

/** Runs a script: the one thing that is asked of a Redis client. Implementations never block. */
@FunctionalInterface
interface ScriptRunner {

    /** The script's reply, where texts are {@code byte[]} and numbers are {@code Long}; each subscription runs it once. */
    Mono<List<?>> run(LuaScript script, List<byte[]> keys, List<byte[]> args);
}
