package io.github.batchexports.springboot;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged application, run as a user runs it. The key is in its environment alone. */
final class ApplicationProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Thread reader = new Thread(this::read, "output of the application");

    private ApplicationProcess(Process process) {
        this.process = process;
        reader.start();
    }

    static ApplicationProcess start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                tool("java"),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dio.netty.leakDetection.level=paranoid",
                "-jar",
                jar().getPath(),
                "--server.port=0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BATCH_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        return new ApplicationProcess(builder.start());
    }

    static File jar() {
        return new File(System.getProperty("application.jar"));
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    port.complete(Integer.valueOf(started.group(1)));
                }
            }
            port.completeExceptionally(new AssertionError("it ended before it had started: " + output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() throws Exception {
        return "http://127.0.0.1:" + port.get(60, TimeUnit.SECONDS);
    }

    /** Collects garbage, so that buffers that nobody released are found. */
    void collectGarbage() throws Exception {
        Process tool = new ProcessBuilder(tool("jcmd"), String.valueOf(process.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Calls.await("jcmd", tool.onExit());
        if (tool.exitValue() != 0) {
            throw new AssertionError("jcmd failed");
        }
    }

    /** Asks it to end, as an operating system does. By its handle: else its output would be closed. */
    void terminate() {
        process.toHandle().destroy();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end: " + output);
        }
        reader.join(TimeUnit.SECONDS.toMillis(60));
        return process.exitValue();
    }

    String output() {
        return String.join("\n", output);
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
