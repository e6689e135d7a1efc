package io.github.batchexports.reactor.internal.call;

import io.github.batchexports.error.CallContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Makes two observations of each attempt, one of its wait for a turn and one of its exchange. Their parent is what the
 * subscriber's Reactor context names, and never what the thread has: a turn is given on another call's thread.
 */
public final class MicrometerObserver implements AttemptObserver {

    /** Where Micrometer's context propagation, which need not be there, keeps the observation that is under way. */
    public static final String CONTEXT_KEY = "micrometer.observation";

    private static final int LAST_COUNTED = 5;
    private static final Map<String, String> OPERATIONS = Map.of(
            "list exports", "list",
            "view export", "view",
            "download file", "download",
            "download file from its storage", "transfer");

    private final ObservationRegistry registry;

    public MicrometerObserver(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Mono<Void> turn(CallContext call, Mono<Void> turn) {
        return Mono.deferContextual(context -> {
            Observation wait = created("batch.exports.wait", call, context);
            OpenObservation open = new OpenObservation(wait, () -> {});
            wait.start();
            return turn.doOnSuccess(nothing -> open.succeeded())
                    .doOnError(open::failed)
                    .doOnCancel(open::cancelled);
        });
    }

    @Override
    public <T> Publisher<T> exchange(CallContext call, Publisher<T> exchange) {
        return Flux.deferContextual(context -> {
            int number = call.attempt();
            Observation request = created("batch.exports.request", call, context)
                    .lowCardinalityKeyValue("attempt", number > LAST_COUNTED ? "more" : String.valueOf(number));
            AtomicReference<String> status = new AtomicReference<>("NONE");
            IntConsumer onStatus = code -> status.set(String.valueOf(code));
            OpenObservation open =
                    new OpenObservation(request, () -> request.lowCardinalityKeyValue("status", status.get()));
            request.start();
            return watched(exchange, open)
                    .doOnError(open::failed)
                    .doOnCancel(open::cancelled)
                    .contextWrite(
                            inner -> inner.put(AttemptObserver.class, onStatus).put(CONTEXT_KEY, request));
        });
    }

    /** One item is all of an answer that is no stream, and a cancel may come with it. */
    private static <T> Flux<T> watched(Publisher<T> exchange, OpenObservation open) {
        return exchange instanceof Mono<T> whole
                ? whole.doOnSuccess(item -> open.succeeded()).flux()
                : Flux.from(exchange).doOnComplete(open::succeeded);
    }

    private Observation created(String name, CallContext call, ContextView context) {
        String operation = OPERATIONS.getOrDefault(call.operation(), "other");
        Observation observation = Observation.createNotStarted(name, registry);
        if (!observation.isNoop()) {
            observation.getContext().setParentObservation(context.getOrDefault(CONTEXT_KEY, null));
        }
        return observation.contextualName(name + " " + operation).lowCardinalityKeyValue("operation", operation);
    }
}
