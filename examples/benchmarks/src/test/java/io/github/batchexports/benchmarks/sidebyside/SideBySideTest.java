package io.github.batchexports.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SideBySideTest {

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void emptyChartIsRefusedBeforeMeasuring() {
        assertThat(run("heap", "--chart", directory.resolve("chart.png").toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(errors.toString()).contains("--chart draws [THROUGHPUT, DEMAND, RATE]");
    }

    @Test
    void chartInMissingDirectoryIsRefusedBeforeMeasuring() {
        Path file = directory.resolve("missing").resolve("chart.png");

        assertThat(run("demand", "--chart", file.toString())).isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(errors.toString()).contains("no directory for " + file);
    }

    private int run(String... arguments) {
        return new CommandLine(new SideBySide())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }
}
