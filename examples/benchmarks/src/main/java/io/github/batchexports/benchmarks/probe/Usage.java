package io.github.batchexports.benchmarks.probe;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What this JVM has used so far.
 *
 * @param wallNanos the time
 * @param cpuNanos processor time of all its threads, compiler and collector included
 * @param bytes what its living threads have allocated on the heap; those that list live on
 */
record Usage(long wallNanos, long cpuNanos, long bytes) {

    static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long bytes = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(allocated -> allocated > 0)
                .sum();
        return new Usage(System.nanoTime(), system.getProcessCpuTime(), bytes);
    }

    Usage since(Usage start) {
        return new Usage(wallNanos - start.wallNanos, cpuNanos - start.cpuNanos, bytes - start.bytes);
    }
}
