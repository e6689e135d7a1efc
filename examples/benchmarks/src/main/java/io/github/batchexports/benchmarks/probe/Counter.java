package io.github.batchexports.benchmarks.probe;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** A subscriber that counts. */
final class Counter extends BaseSubscriber<Object> {

    private final CountDownLatch end = new CountDownLatch(1);
    private final long demand;
    private volatile @Nullable Throwable failure;
    private long items;

    private Counter(long demand) {
        this.demand = demand;
    }

    /** Asks for so many items, for all with {@code Long.MAX_VALUE}, for none with 0. */
    static Counter subscribe(Publisher<?> publisher, long demand) {
        Counter counter = new Counter(demand);
        publisher.subscribe(counter);
        return counter;
    }

    /** All that a publisher has. */
    static long drain(Publisher<?> publisher) throws InterruptedException {
        Counter counter = subscribe(publisher, Long.MAX_VALUE);
        counter.end.await();
        if (counter.failure != null) {
            throw new IllegalStateException("the listing failed", counter.failure);
        }
        return counter.items;
    }

    long items() {
        return items;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        if (demand > 0) {
            request(demand);
        }
    }

    @Override
    protected void hookOnNext(Object item) {
        items++;
    }

    @Override
    protected void hookOnError(Throwable error) {
        failure = error;
        end.countDown();
    }

    @Override
    protected void hookOnComplete() {
        end.countDown();
    }
}
