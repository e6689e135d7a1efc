package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output that cannot be written: what is lost is not lost in silence. */
class OutputIT {

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** Runs a command whose output goes where this redirection of a shell says. */
    private Result run(String redirection, String command, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", "-c", "target/exports \"$@\" " + redirection, "sh"));
        line.addAll(List.of(CommandLineProcess.at(sandbox.baseUrl(), command, arguments)));
        return CommandLineProcess.result(CommandLineProcess.start(
                CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY), line));
    }

    private void assertFails(String command, String... arguments) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");
        Result result = run("> /dev/full", command, arguments);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).last().asString().startsWith("exports: standard output cannot be written: ");
    }

    @Test
    void listingThatCannotBeWrittenFails() throws Exception {
        assertFails("list");
        assertThat(sandbox.calls()).isLessThanOrEqualTo(1);
    }

    @Test
    void exportThatCannotBeWrittenFails() throws Exception {
        assertFails("view", Trees.of(sandbox.exports()).get(0).get("id").asText());
    }

    @Test
    void createdIdThatCannotBeWrittenIsSaid() throws Exception {
        Path request = Files.writeString(
                directory.resolve("request.json"), "{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"$language\"]}");
        assertFails("create", request.toString());
        Result result = run("> /dev/full", "create", request.toString());
        String newest = Trees.of(sandbox.exports()).get(0).get("id").asText();
        assertThat(result.err()).first().asString().contains("created " + newest);
    }
}
