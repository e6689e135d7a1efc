package io.github.batchexports.cli;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process of the packaged program that runs one command line after the other, for those that end before they call
 * anything: they are many, and each would wait for a JVM of its own. Such a process ends with this one.
 *
 * <p>It gives the exit code that {@link Exports#main} ends the JVM with. That it does so is shown by
 * {@link CommandLineProcess}.
 */
final class SharedProcess {

    private static final Map<Map<String, String>, SharedProcess> BY_ENVIRONMENT = new ConcurrentHashMap<>();

    /** Before each result: what a command prints past {@link System#out} would be taken for it. */
    private static final int MARK = 0xB0A7_E9D1;

    private final Process process;
    private final DataOutputStream commands;
    private final DataInputStream results;

    private SharedProcess(Map<String, String> environment) {
        try {
            process = CommandLineProcess.start(
                    environment,
                    CommandLineProcess.java(
                            CommandLineProcess.ARCHIVE,
                            "-cp",
                            CommandLineProcess.JAR + File.pathSeparator + "target/test-classes",
                            SharedProcess.class.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new DataOutputStream(process.getOutputStream());
        results = new DataInputStream(process.getInputStream());
    }

    static Result run(Map<String, String> environment, String... arguments) throws IOException {
        return BY_ENVIRONMENT
                .compute(
                        environment,
                        (same, shared) ->
                                shared == null || !shared.process.isAlive() ? new SharedProcess(same) : shared)
                .run(arguments);
    }

    /** Runs a command against a server, without a pace. */
    static Result runAt(String baseUrl, String key, String project, String command, String... arguments)
            throws IOException {
        return run(CommandLineProcess.environment(key, project), CommandLineProcess.at(baseUrl, command, arguments));
    }

    /** Runs a command against a sandbox, without a pace. */
    static Result runAt(Sandbox sandbox, String command, String... arguments) throws IOException {
        return runAt(sandbox.baseUrl(), Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY, command, arguments);
    }

    private synchronized Result run(String... arguments) throws IOException {
        CompletableFuture<Void> answered = new CompletableFuture<Void>().orTimeout(60, TimeUnit.SECONDS);
        answered.whenComplete((done, late) -> {
            if (late != null) {
                process.destroyForcibly();
            }
        });
        try {
            commands.writeByte(arguments.length);
            for (String argument : arguments) {
                commands.writeUTF(argument);
            }
            commands.flush();
            if (results.readInt() != MARK) {
                throw new IOException("it printed as those do that call something");
            }
            return new Result(results.readInt(), lines(results.readUTF()), lines(results.readUTF()));
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("it did not end as what is refused: " + String.join(" ", arguments), e);
        } finally {
            answered.complete(null);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    /** Runs what it is told on standard input, until that ends. */
    public static void main(String[] none) throws IOException {
        DataInputStream commands = new DataInputStream(System.in);
        DataOutputStream results = new DataOutputStream(System.out);
        System.setIn(InputStream.nullInputStream());
        for (int count = commands.read(); count != -1; count = commands.read()) {
            String[] arguments = new String[count];
            for (int i = 0; i < count; i++) {
                arguments[i] = commands.readUTF();
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = Exports.execute(arguments);
            results.writeInt(MARK);
            results.writeInt(code);
            results.writeUTF(out.toString(StandardCharsets.UTF_8));
            results.writeUTF(err.toString(StandardCharsets.UTF_8));
            results.flush();
        }
    }
}
