package io.github.batchexports.reactor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Fails the run if Netty's leak detector, at its paranoid level, found a buffer that was not released. A listener
 * cannot fail a test, so it ends the test JVM, which fails the build.
 */
public final class LeakWatch implements TestExecutionListener {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Deprecated
            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return detector(resource, samplingInterval);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
                return detector(resource, samplingInterval);
            }
        });
    }

    private static <T> ResourceLeakDetector<T> detector(Class<T> resource, int samplingInterval) {
        return new ResourceLeakDetector<T>(resource, samplingInterval) {
            @Override
            protected void reportTracedLeak(String resourceType, String records) {
                LEAKS.add(resourceType + records);
            }

            @Override
            protected void reportUntracedLeak(String resourceType) {
                LEAKS.add(resourceType);
            }
        };
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        Queue<String> leaks = found();
        if (!leaks.isEmpty()) {
            System.err.println("Buffers were leaked:");
            leaks.forEach(System.err::println);
            Runtime.getRuntime().halt(1);
        }
    }

    /** The leaks so far. A collected buffer is reported when the next one is allocated. */
    static Queue<String> found() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(16);
            buffer.release();
        }
        return LEAKS;
    }
}
