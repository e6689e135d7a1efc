package io.github.batchexports.cli.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Lets a signal end the program only when what was under way is cancelled and undone, or when that takes too long. It
 * comes before anything else uses Reactor's bounded elastic scheduler, where the undoing is done.
 */
public final class InterruptSignal implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMillis(800);

    private final Thread hook = new Thread(this::interrupted, "exports-interrupted");
    private volatile @Nullable Scheduler disk;

    // Guarded by this.
    private @Nullable Disposable current;
    private boolean over;

    public InterruptSignal() {
        // The scheduler that Schedulers.boundedElastic() gives cannot be waited for, only the one within it.
        Schedulers.setFactory(new Schedulers.Factory() {
            @Override
            public Scheduler newBoundedElastic(int threads, int tasks, ThreadFactory factory, int seconds) {
                Scheduler made = Schedulers.Factory.super.newBoundedElastic(threads, tasks, factory, seconds);
                disk = made;
                return made;
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits for what comes; forever, once a signal has come. */
    public <T> T await(Mono<T> work) {
        CompletableFuture<T> end = new CompletableFuture<>();
        synchronized (this) {
            if (!over) {
                current = work.single().subscribe(end::complete, end::completeExceptionally);
            }
        }
        try {
            return end.join();
        } catch (CompletionException e) {
            throw Exceptions.propagate(e.getCause() == null ? e : e.getCause());
        }
    }

    private void interrupted() {
        synchronized (this) {
            over = true;
            if (current != null) {
                current.dispose();
            }
        }
        Scheduler undoing = disk;
        if (undoing != null) {
            undoing.disposeGracefully().timeout(TIMEOUT, Mono.empty()).block();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal has come meanwhile, and the hook is at work.
        }
    }
}
