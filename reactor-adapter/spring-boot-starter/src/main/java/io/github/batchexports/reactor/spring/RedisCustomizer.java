package io.github.batchexports.reactor.spring;

import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.github.batchexports.redis.BatchExportsRedis;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the client share its limit and its polls, and takes leave when the application stops: after the web server, which
 * may still list, and before Spring Data's connections. It is no bean of the type that it holds, whose methods name both
 * Lettuce's and Spring Data's types, and Spring reads the methods of its beans.
 */
final class RedisCustomizer implements BatchExportsClientCustomizer, SmartLifecycle {

    /** Connections stop in phase 0, and higher phases before. */
    private static final int PHASE = 1;

    private final BatchExportsRedis redis;
    private volatile boolean running;

    RedisCustomizer(BatchExportsRedis redis) {
        this.redis = redis;
    }

    @Override
    public void customize(BatchExportsClientBuilder builder) {
        redis.configure(builder);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        redis.closeAsync().doFinally(end -> stopped.run()).subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
