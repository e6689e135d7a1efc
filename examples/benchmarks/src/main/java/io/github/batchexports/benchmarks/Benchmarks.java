package io.github.batchexports.benchmarks;

import io.github.batchexports.benchmarks.decoder.DecoderCommand;
import io.github.batchexports.benchmarks.sidebyside.SideBySide;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code decoder} and {@code side-by-side}. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Sets batch-exports beside what users would pick instead, on this machine alone.",
        subcommands = {DecoderCommand.class, SideBySide.class})
final class Benchmarks {

    private Benchmarks() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
