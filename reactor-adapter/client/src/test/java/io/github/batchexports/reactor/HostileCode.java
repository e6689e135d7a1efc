package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An application's code that misbehaves on its first call, and is harmless afterwards. */
final class HostileCode {

    /** What it does; some extension points can only throw or block. */
    enum Behaviour {
        THROWS,
        FAILS_TO_LINK,
        BLOCKS,
        LATE,
        TWICE,
        NEVER
    }

    private final Behaviour behaviour;
    private final AtomicBoolean armed = new AtomicBoolean(true);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch relented = new CountDownLatch(1);

    HostileCode(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** True for the first call, which the test awaits. */
    boolean strikes() {
        boolean first = armed.getAndSet(false);
        if (first) {
            reached.countDown();
        }
        return first;
    }

    /** Throws, or blocks until it relents; calls after the first are harmless. */
    void run() {
        if (!strikes()) {
            return;
        }
        if (behaviour == Behaviour.THROWS) {
            throw new IllegalStateException("hostile code");
        }
        if (behaviour == Behaviour.FAILS_TO_LINK) {
            throw linkageError();
        }
        awaitRelented();
    }

    /** As of a class that another version of a library does not have: fatal, by Reactor's rule. */
    static LinkageError linkageError() {
        return new NoClassDefFoundError("hostile/Code");
    }

    /** Blocks until it relents; no test waits for more than some seconds. */
    void awaitRelented() {
        boolean interrupted = false;
        try {
            relented.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitReached() throws InterruptedException {
        assertThat(reached.await(20, TimeUnit.SECONDS))
                .as("the hostile code was called")
                .isTrue();
    }

    /** Lets blocked calls continue. */
    void relent() {
        relented.countDown();
    }
}
