package io.github.batchexports.cli.fleet;

import io.github.batchexports.cli.CommandLineProcess;
import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A process of the command line's launcher that runs while others do, and what it has printed so far. */
final class Program {

    private final Process process;
    private final Queue<String> out = new ConcurrentLinkedQueue<>();
    private final Queue<String> err = new ConcurrentLinkedQueue<>();
    private final List<Thread> readers;

    private Program(Process process) {
        this.process = process;
        this.readers = List.of(reader(CommandLineProcess.reader(process), out), reader(process.errorReader(), err));
    }

    private static Thread reader(BufferedReader source, Queue<String> lines) {
        Thread reader = new Thread(() -> source.lines().forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    static Program start(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("target", "exports").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment =
                new HashMap<>(CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return new Program(CommandLineProcess.start(environment, command));
    }

    List<String> out() {
        return List.copyOf(out);
    }

    /** Waits for its end, and for what it printed last. */
    int exitCode() throws InterruptedException {
        int code = CommandLineProcess.exitCode(process);
        for (Thread reader : readers) {
            reader.join();
        }
        return code;
    }

    /** As by SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** As by SIGTERM: it takes leave. */
    void interrupt() {
        process.toHandle().destroy();
    }

    @Override
    public String toString() {
        return out.size() + " lines, " + err;
    }
}
