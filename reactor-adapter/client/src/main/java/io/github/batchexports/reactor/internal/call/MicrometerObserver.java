package io.github.batchexports.reactor.internal.call;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Makes two observations of each attempt, one of its wait for a permit and one of its exchange. Their parent is taken from
 * the subscriber's Reactor context, never from the thread: a permit is granted on another call's thread.
 */
public final class MicrometerObserver implements Attempt.Observer {

    /** Where Micrometer's context propagation, which need not be present, keeps the current observation. */
    public static final String CONTEXT_KEY = "micrometer.observation";

    private static final int LAST_NUMBERED_ATTEMPT = 5;

    private final ObservationRegistry registry;

    public MicrometerObserver(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Mono<Void> permit(Attempt attempt, Mono<Void> permit) {
        return Mono.deferContextual(context -> {
            OpenObservation wait = open("batch.exports.wait", attempt, context);
            wait.start();
            return permit.doOnSuccess(nothing -> wait.succeeded())
                    .doOnError(wait::failed)
                    .doOnCancel(wait::cancelled);
        });
    }

    @Override
    public <T> Publisher<T> exchange(Attempt attempt, Publisher<T> exchange) {
        return Flux.deferContextual(context -> {
            int number = attempt.context().attempt();
            OpenObservation request = open("batch.exports.request", attempt, context);
            request.tag("attempt", number > LAST_NUMBERED_ATTEMPT ? "more" : String.valueOf(number));
            request.beforeStop(() -> request.tag("status", attempt.status() == 0 ? "NONE" : "" + attempt.status()));
            request.start();
            return observed(exchange, request)
                    .doOnError(request::failed)
                    .doOnCancel(request::cancelled)
                    .contextWrite(inner -> inner.put(CONTEXT_KEY, request.observation()));
        });
    }

    /** A response that is not streamed is complete with its one item, and a cancel may come right after it. */
    private static <T> Flux<T> observed(Publisher<T> exchange, OpenObservation open) {
        return exchange instanceof Mono<T> whole
                ? whole.doOnSuccess(item -> open.succeeded()).flux()
                : Flux.from(exchange).doOnComplete(open::succeeded);
    }

    private OpenObservation open(String name, Attempt attempt, ContextView context) {
        String operation = attempt.context().operation().metricName();
        OpenObservation open = new OpenObservation(() -> Observation.createNotStarted(name, registry));
        Observation parent = context.getOrDefault(CONTEXT_KEY, null);
        open.describe(observation -> {
            if (!observation.isNoop()) {
                observation.getContext().setParentObservation(parent);
            }
            observation.contextualName(name + " " + operation);
        });
        open.tag("operation", operation);
        return open;
    }
}
