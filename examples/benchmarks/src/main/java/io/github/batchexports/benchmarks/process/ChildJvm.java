package io.github.batchexports.benchmarks.process;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this one's class path, which talks by the lines of its output. */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private final BufferedReader output;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a program with flags of the JVM and arguments. */
    public static ChildJvm start(List<String> flags, Class<?> program, List<String> arguments) throws IOException {
        Path errors = Files.createTempFile("child-jvm", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return new ChildJvm(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /** The next line of its output, waiting for it. */
    public String readLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new EOFException("a child JVM said nothing: " + errors());
        }
        return line;
    }

    /** Waits for its end and returns what it said; kills it when that takes longer. */
    public Ending waitForEnd(Duration atMost) throws IOException, InterruptedException {
        boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return new Ending(ended, process.exitValue(), output.lines().toList(), errors());
    }

    private String errors() throws IOException {
        return Files.readString(errors).strip();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How a child ended.
     *
     * @param inTime whether it ended by itself
     * @param code its exit code
     * @param lines what it said
     * @param errors what it complained of
     */
    public record Ending(boolean inTime, int code, List<String> lines, String errors) {}
}
