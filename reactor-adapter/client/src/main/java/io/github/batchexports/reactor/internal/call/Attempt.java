package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.CallContext;
import io.github.batchexports.protocol.ApiCall;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.RequestPacer;
import io.github.batchexports.reactor.RequestPacer.Permit;
import io.github.batchexports.reactor.internal.http.OpenExchange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * One attempt at a call: the call with the attempt's number, its permit, and what was observed of its exchange.
 *
 * <p>The permit is released when the attempt ends, however it ends. A cancel can come from another thread at any moment,
 * even between the permit and the request; a permit that arrives after the end is released at once.
 */
public final class Attempt implements OpenExchange.Listener {

    /** Observes attempts: how long each waits for its permit, and how its exchange goes. Changes nothing about them. */
    public interface Observer {

        /** Observes nothing. */
        Observer NONE = new Observer() {};

        /** The wait for an attempt's permit. */
        default Mono<Void> permit(Attempt attempt, Mono<Void> permit) {
            return permit;
        }

        /** The exchange itself. */
        default <T> Publisher<T> exchange(Attempt attempt, Publisher<T> exchange) {
            return exchange;
        }
    }

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);
    private static final Permit ENDED = new Unlimited();

    /** A shorter hold is the ordinary pace. */
    private static final Duration MIN_LOGGED_HOLD = Duration.ofSeconds(1);

    private final ApiCall call;
    private final @Nullable RequestPacer pacer;
    private final AtomicReference<@Nullable Permit> permit = new AtomicReference<>();
    private volatile boolean isStarted;
    private volatile int status;

    private Attempt(ApiCall call, @Nullable RequestPacer pacer) {
        this.call = call;
        this.pacer = pacer;
    }

    /** An attempt at an API call, which needs a permit of the project's pacer. */
    static Attempt paced(ApiCall call, RequestPacer pacer) {
        return new Attempt(call, pacer);
    }

    /** An attempt at a call to a file's storage, which has no known rate limit. */
    public static Attempt unpaced(ApiCall call) {
        return new Attempt(call, null);
    }

    public ApiCall call() {
        return call;
    }

    public CallContext context() {
        return call.context();
    }

    /** Whether the server may have received the request, or part of it. */
    boolean isStarted() {
        return isStarted;
    }

    /** The HTTP status of the response; 0 before it is received. */
    int status() {
        return status;
    }

    /** Completes when the attempt has its permit. */
    Mono<Void> acquirePermit() {
        return pacer == null
                ? Mono.empty()
                : pacer.acquire().doOnNext(this::granted).then();
    }

    private void granted(Permit granted) {
        if (!permit.compareAndSet(null, granted)) {
            granted.release();
        }
    }

    @Override
    public void requestStarted() {
        isStarted = true;
    }

    @Override
    public void requestSent() {
        Permit held = permit.get();
        if (held != null) {
            held.sent();
        }
    }

    @Override
    public void responseReceived(int code) {
        status = code;
        // A server may answer before it has read the whole request.
        requestSent();
    }

    @Override
    public void rateLimitReached(Duration hold) {
        if (pacer != null && !hold.isNegative()) {
            if (hold.compareTo(MIN_LOGGED_HOLD) > 0) {
                LOG.info(
                        "{}: the project's rate is used up; all its calls are held for {} ms",
                        context().operation(),
                        hold.toMillis());
            }
            pacer.holdFor(hold);
        }
    }

    /** The attempt is over. */
    void end() {
        Permit held = permit.getAndSet(ENDED);
        if (held != null) {
            if (isStarted) {
                // It may have left, though the attempt ended before it was told so: another call must keep its
                // distance.
                held.sent();
            }
            held.release();
        }
    }

    private static final class Unlimited implements Permit {
        @Override
        public void sent() {}

        @Override
        public void release() {}
    }
}
