package io.github.batchexports.reactor.internal.http;

import io.github.batchexports.reactor.BatchExportsClient;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What becomes of what an application's code throws: its pacer, key supplier, handlers, hooks and subscribers.
 *
 * <p>Reactor's operators rethrow each {@link LinkageError} and {@link StackOverflowError}, and no signal follows:
 * {@link reactor.core.Exceptions#throwIfJvmFatal}. But a method that another version of a library does not have is an
 * ordinary fault, which fails the call that meets it, and leaves none waiting.
 */
public final class ForeignCode {

    private static final Logger LOG = Loggers.getLogger(BatchExportsClient.class);

    private ForeignCode() {}

    /** Rethrows what nobody can go on after, as without memory. */
    public static void throwIfFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
            throw error;
        }
    }

    /** Returns an exception for the error, which Reactor's operators pass on, unlike the error itself. */
    public static RuntimeException asException(Error error) {
        throwIfFatal(error);
        return new IllegalStateException("the application's code threw " + error, error);
    }

    /** Passes what a subscriber threw to Reactor's hook for dropped errors, which is the application's too. */
    public static void drop(Throwable failure, ContextView subscriber) {
        throwIfFatal(failure);
        try {
            Operators.onErrorDropped(failure, Context.of(subscriber));
        } catch (Throwable e) {
            throwIfFatal(e);
            LOG.error("The hook for dropped errors threw", e);
        }
    }

    /**
     * Signals subscribers one after the other. One that throws does not keep the others from their signals; a fatal error is
     * thrown after the last of them.
     */
    public static <S> void signalEach(
            Collection<S> subscribers, Consumer<? super S> signal, Function<? super S, ContextView> context) {
        VirtualMachineError fatal = null;
        for (S subscriber : subscribers) {
            try {
                signal(subscriber, signal, context);
            } catch (VirtualMachineError e) {
                fatal = fatal == null ? e : fatal;
            }
        }
        if (fatal != null) {
            throw fatal;
        }
    }

    private static <S> void signal(S subscriber, Consumer<? super S> signal, Function<? super S, ContextView> context) {
        try {
            signal.accept(subscriber);
        } catch (Throwable e) {
            drop(e, context.apply(subscriber));
        }
    }
}
