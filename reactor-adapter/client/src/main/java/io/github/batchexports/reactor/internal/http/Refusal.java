package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.error.BatchExportsException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

/**
 * What one exchange fails with if the server refuses it. A refusal whose body stalls is a refusal all the same: it is not
 * retried as a timeout, and a hold is kept.
 */
public final class Refusal {

    private final AtomicReference<@Nullable Function<byte[], BatchExportsException>> failure = new AtomicReference<>();

    /**
     * Fails with what the response means.
     *
     * @param meaning makes the failure of the beginning of the body, which is empty if it cannot be read
     */
    public <T> Mono<T> of(ByteBufFlux content, Function<byte[], BatchExportsException> meaning) {
        failure.set(meaning);
        return Transport.beginning(content).flatMap(body -> Mono.error(meaning.apply(body)));
    }

    /** The failure of an exchange that took too long: that of the refusal, if there was one. */
    public Throwable orTimeout(TimeoutException timeout) {
        Function<byte[], BatchExportsException> refused = failure.get();
        return refused == null ? timeout : refused.apply(new byte[0]);
    }
}
