package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program on a terminal, which {@code script} of util-linux makes. */
class TerminalIT {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path directory;

    @BeforeEach
    void needTerminal() {
        assumeTrue(Files.isExecutable(SCRIPT) && System.getProperty("os.name").equals("Linux"), "no script");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Process start(int columns, Map<String, String> more, String arguments) throws Exception {
        Map<String, String> environment =
                new HashMap<>(CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(more);
        String command = "stty cols " + columns + "; exec env --default-signal=INT target/exports " + arguments
                + " --base-url " + sandbox.baseUrl();
        return CommandLineProcess.start(
                environment, List.of(SCRIPT.toString(), "--quiet", "--return", "--command", command, "/dev/null"));
    }

    private static String withoutColour(String line) {
        return line.replaceAll("\u001b\\[[0-9;]*[mK]|\r", "");
    }

    @ParameterizedTest
    @CsvSource({"60, STATUS", "80, STATUS   REQUESTED (UTC)          BYTES", "100, SCOPE", "140, FILES"})
    void tableFitsAndKeepsIdsWhole(int columns, String header) throws Exception {
        Result result = CommandLineProcess.result(start(columns, Map.of(), "list --take 20"));
        assertThat(result.code()).isZero();
        List<String> lines =
                result.out().stream().map(TerminalIT::withoutColour).toList();
        assertThat(lines).allMatch(line -> line.length() <= columns);
        assertThat(lines.get(0)).contains(header);
        assertThat(lines.subList(1, 21)).allMatch(line -> line.matches("export_[a-z0-9]{32}( .*)?"));
        assertThat(lines.get(lines.size() - 1)).startsWith("20 exports, 1 call, ");
    }

    @ParameterizedTest
    @CsvSource({"40, 0", "60, 1"})
    void progressIsShownWhereItFitsOneLine(int columns, int times) throws Exception {
        Result result = CommandLineProcess.result(start(columns, Map.of(), "list --take 20"));
        assertThat(result.out().stream().map(TerminalIT::withoutColour))
                .filteredOn("20 exports, 1 call"::equals)
                .hasSize(times);
    }

    @Test
    void statusesAreColouredUnlessNobodyWantsIt() throws Exception {
        assertThat(CommandLineProcess.result(start(80, Map.of(), "list --take 20"))
                        .out()
                        .toString())
                .contains("\u001b[32mSUCCESS", "\u001b[31mERROR");
        assertThat(CommandLineProcess.result(start(80, Map.of("NO_COLOR", "1"), "list --take 20"))
                        .out()
                        .toString())
                .contains("SUCCESS")
                .doesNotContain("\u001b[3");
    }

    @Test
    void dumbTerminalGetsPlainText() throws Exception {
        for (String command : List.of("list --take 20", "list --help")) {
            Result result = CommandLineProcess.result(start(80, Map.of("TERM", "dumb"), command));
            assertThat(result.code()).isZero();
            assertThat(result.out()).hasSizeGreaterThan(20).noneMatch(line -> line.contains("\u001b"));
        }
    }

    @Test
    void progressStaysOutOfFile() throws Exception {
        Path file = directory.resolve("err.log");
        Result result = CommandLineProcess.result(start(80, Map.of(), "list --take 20 2>" + file));
        assertThat(result.code()).isZero();
        assertThat(result.out().toString()).contains("\u001b[32mSUCCESS");
        assertThat(Files.readAllLines(file)).singleElement().asString().startsWith("20 exports, 1 call, ");
    }

    @Test
    void interruptLeavesCleanLine() throws Exception {
        Process process = start(80, Map.of("NO_COLOR", "1"), "watch --status RUNNING");
        StringBuilder seen = new StringBuilder();
        try (BufferedReader out = CommandLineProcess.reader(process)) {
            for (int c = out.read(); c != -1 && !seen.toString().matches("(?s).* calls?\r"); c = out.read()) {
                seen.append((char) c);
            }
            process.outputWriter().append('\u0003').flush();
            seen.setLength(0);
            for (int c = out.read(); c != -1; c = out.read()) {
                seen.append((char) c);
            }
        }
        assertThat(CommandLineProcess.exitCode(process)).isEqualTo(130);
        assertThat(seen.toString()).contains("^C").endsWith("\r\u001b[K");
    }
}
