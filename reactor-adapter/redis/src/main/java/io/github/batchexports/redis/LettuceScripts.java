package io.github.batchexports.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.reactive.RedisScriptingReactiveCommands;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Scripts by Lettuce's reactive commands. */
final class LettuceScripts implements ScriptRunner {

    private final Mono<? extends RedisScriptingReactiveCommands<byte[], byte[]>> commands;

    /** @param commands gives them to each subscriber, connected */
    LettuceScripts(Mono<? extends RedisScriptingReactiveCommands<byte[], byte[]>> commands) {
        this.commands = commands;
    }

    @Override
    public Mono<List<?>> run(LuaScript script, List<byte[]> keys, List<byte[]> args) {
        byte[][] names = keys.toArray(new byte[0][]);
        byte[][] values = args.toArray(new byte[0][]);
        return commands.flatMap(redis -> {
            Flux<Object> known = redis.evalsha(script.digest(), ScriptOutputType.MULTI, names, values);
            return known.onErrorResume(
                            RedisNoScriptException.class,
                            unknown -> redis.eval(script.text(), ScriptOutputType.MULTI, names, values))
                    .collectList()
                    .map(LettuceScripts::reply);
        });
    }

    private static List<?> reply(List<Object> received) {
        return received.size() == 1 && received.get(0) instanceof List<?> reply ? reply : new ArrayList<>(received);
    }
}
