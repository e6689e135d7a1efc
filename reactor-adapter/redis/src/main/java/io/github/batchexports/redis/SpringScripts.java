package io.github.batchexports.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Scripts by Spring Data Redis, on whatever connection it has. */
final class SpringScripts implements ScriptRunner {

    private final ReactiveRedisConnectionFactory connections;
    private final ReactiveRedisTemplate<byte[], byte[]> template;
    private @Nullable CompletableFuture<?> connected;

    SpringScripts(ReactiveRedisConnectionFactory connections) {
        this.connections = connections;
        this.template = new ReactiveRedisTemplate<>(connections, RedisSerializationContext.byteArray());
    }

    @Override
    public Mono<List<?>> run(LuaScript script, List<byte[]> keys, List<byte[]> args) {
        // A subscriber that leaves does not end what others wait for.
        return Mono.defer(() -> Mono.fromFuture(connect(), true)).then(evaluate(script, keys, args));
    }

    /** Its first connection blocks whoever asks for it: a thread of its own, once for all who wait. Later ones do not. */
    private synchronized CompletableFuture<?> connect() {
        CompletableFuture<?> current = connected;
        if (current == null || current.isCompletedExceptionally()) {
            current = CompletableFuture.supplyAsync(connections::getReactiveConnection, SpringScripts::startThread)
                    .thenCompose(connection -> connection.closeLater().toFuture());
            connected = current;
        }
        return current;
    }

    /** Its factory may be stopped now, and its first connection after a start blocks as the very first. */
    synchronized void forgetConnection() {
        connected = null;
    }

    private static void startThread(Runnable task) {
        Thread thread = new Thread(task, "batch-exports-redis-connect");
        thread.setDaemon(true);
        thread.start();
    }

    private Mono<List<?>> evaluate(LuaScript script, List<byte[]> keys, List<byte[]> args) {
        Flux<Object> known = template.execute(redis ->
                redis.scriptingCommands().evalSha(script.digest(), ReturnType.MULTI, keys.size(), buffers(keys, args)));
        return known.onErrorResume(
                        SpringScripts::isUnknownScript,
                        unknown -> template.execute(redis -> redis.scriptingCommands()
                                .eval(
                                        ByteBuffer.wrap(script.text().getBytes(StandardCharsets.UTF_8)),
                                        ReturnType.MULTI,
                                        keys.size(),
                                        buffers(keys, args))))
                .collectList()
                .map(SpringScripts::reply);
    }

    /** New ones for each command, since sending moves their position. */
    private static ByteBuffer[] buffers(List<byte[]> keys, List<byte[]> args) {
        List<ByteBuffer> buffers = new ArrayList<>(keys.size() + args.size());
        keys.forEach(key -> buffers.add(ByteBuffer.wrap(key)));
        args.forEach(arg -> buffers.add(ByteBuffer.wrap(arg)));
        return buffers.toArray(new ByteBuffer[0]);
    }

    private static boolean isUnknownScript(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (saysNoScript(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysNoScript(@Nullable String message) {
        return message != null && message.startsWith("NOSCRIPT");
    }

    private static List<?> reply(List<Object> received) {
        List<?> reply = received.size() == 1 && received.get(0) instanceof List<?> nested ? nested : received;
        return reply.stream().map(SpringScripts::value).toList();
    }

    private static Object value(Object received) {
        if (!(received instanceof ByteBuffer content)) {
            return received;
        }
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }
}
