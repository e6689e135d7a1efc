package io.github.batchexports.cli;

import io.github.batchexports.error.BatchExportsException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program: its commands, its exit codes and its one line for what went wrong. */
@Command(
        name = "exports",
        mixinStandardHelpOptions = true,
        version = "exports 0.1.0-SNAPSHOT",
        description = {
            "Lists the export requests of a Batch project.",
            "The REST API key comes from BATCH_REST_API_KEY; without one, a sandbox on this machine is used."
        },
        subcommands = {ListCommand.class},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:the API or the network failed", "2:bad usage, nothing was called"})
final class Exports implements Callable<Integer> {

    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    private Exports() {}

    /** Runs the command line. Ends the JVM only with a failure, so that it can run in another program's. */
    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Exports())
                .setParameterExceptionHandler((error, arguments) -> badUsage(error))
                .setExecutionExceptionHandler((error, command, result) -> failed(error, command));
    }

    private static int badUsage(ParameterException error) {
        CommandLine command = error.getCommandLine();
        command.getErr()
                .println("exports: " + Terminal.oneLine(String.valueOf(error.getMessage())) + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return BAD_USAGE;
    }

    private static int failed(Exception error, CommandLine command) {
        String message = error instanceof BatchExportsException ? error.getMessage() : error.toString();
        command.getErr().println("exports: " + Terminal.oneLine(String.valueOf(message)) + resume(error));
        if (command.getParseResult().expandedArgs().contains("--verbose")) {
            error.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    private static String resume(Exception error) {
        if (!(error instanceof BatchExportsException failure)) {
            return "";
        }
        String from = failure.resumeFrom();
        return from == null ? "; start again without --from" : "; resume with --from " + Terminal.quoted(from);
    }

    /** Without a command, lists. */
    @Override
    public Integer call() {
        return commandLine().execute("list");
    }
}
