package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program, run as a user runs it. */
public final class CommandLineProcess {

    static final String KEY = "key-that-must-not-leak-0123456789";
    static final String JAR = Path.of("target", "exports.jar").toString();

    /** The launcher's archive of classes, without which the tests would wait for the starts of JVMs above all. */
    static final List<String> ARCHIVE = List.of(
            "-Xshare:auto",
            "-XX:SharedArchiveFile=target/exports.jsa",
            "-Xlog:disable",
            "-XX:+DisplayVMOutputToStderr");

    record Result(int code, List<String> out, List<String> err) {}

    private CommandLineProcess() {}

    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, java(ARCHIVE, with(arguments, "-jar", JAR)));
    }

    /** As {@code java -jar} does. */
    static Process startWithoutArchive(Map<String, String> environment, String... arguments) throws IOException {
        return start(environment, java(List.of(), with(arguments, "-jar", JAR)));
    }

    static List<String> java(List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.addAll(List.of(arguments));
        return command;
    }

    public static Process start(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("BATCH_REST_API_KEY");
        builder.environment().remove("BATCH_PROJECT_KEY");
        builder.environment().remove("BATCH_REDIS_URL");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result run(Map<String, String> environment, String... arguments) throws Exception {
        return result(start(environment, arguments));
    }

    /** What a program printed, and its exit code. */
    static Result result(Process process) throws Exception {
        // The common pool has one thread on two cores, which only one program at a time could use.
        CompletableFuture<List<String>> err = CompletableFuture.supplyAsync(
                () -> lines(process.errorReader()), reading -> new Thread(reading).start());
        List<String> out = lines(reader(process));
        return new Result(exitCode(process), out, err.get());
    }

    /** Runs a command against a server, without a pace. */
    static Result runAt(String baseUrl, String key, String project, String command, String... arguments)
            throws Exception {
        return run(environment(key, project), at(baseUrl, command, arguments));
    }

    /** Starts a command against a sandbox, without a pace. */
    static Process startAt(Sandbox sandbox, String command, String... arguments) throws IOException {
        return start(environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY), at(sandbox.baseUrl(), command, arguments));
    }

    /** Runs a command against a sandbox, without a pace. */
    static Result runAt(Sandbox sandbox, String command, String... arguments) throws Exception {
        return runAt(sandbox.baseUrl(), Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY, command, arguments);
    }

    public static Map<String, String> environment(String key, String project) {
        return Map.of("BATCH_REST_API_KEY", key, "BATCH_PROJECT_KEY", project);
    }

    static String[] at(String baseUrl, String command, String... arguments) {
        return with(arguments, command, "--base-url", baseUrl, "--requests-per-second", "0");
    }

    /** More arguments, after the first ones. */
    static String[] with(String[] more, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    /** What a command that was refused has said. */
    static void assertBadUsage(Result result) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("exports: ")
                .endsWith(" --help'");
    }

    /** Waits for the end of a program that is about to end. */
    public static int exitCode(Process process) throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the program did not end");
        }
        return process.exitValue();
    }

    public static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> lines(BufferedReader reader) {
        try (reader) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
