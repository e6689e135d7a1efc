package io.github.batchexports.cli;

import io.github.batchexports.cli.connection.CommandFailedException;
import io.github.batchexports.cli.terminal.Terminal;
import io.github.batchexports.error.BatchExportsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import reactor.util.Loggers;

/** The program: its commands, its exit codes and its one line for what went wrong. */
@Command(
        name = "exports",
        mixinStandardHelpOptions = true,
        version = "exports 0.1.0-SNAPSHOT",
        description = {
            "Lists, creates and follows the export requests of a Batch project, and saves their files.",
            "The REST API key comes from BATCH_REST_API_KEY, the project from BATCH_PROJECT_KEY or --project.",
            "Where nothing says which API is meant, a sandbox on this machine is used."
        },
        subcommands = {
            ListCommand.class,
            ViewCommand.class,
            CreateCommand.class,
            AwaitCommand.class,
            WatchCommand.class,
            DownloadCommand.class,
            SandboxCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = Exports.EXIT_CODES,
        exitCodeList = {
            Exports.DONE_CODE,
            Exports.FAILED_CODE,
            Exports.BAD_USAGE_CODE,
            Exports.EXPORT_ERROR_CODE,
            Exports.TIMED_OUT_CODE,
            Exports.INTERRUPTED_CODE
        })
final class Exports implements Callable<Integer> {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;
    static final int EXPORT_ERROR = 3;
    static final int TIMED_OUT = 4;

    static final String EXIT_CODES = "Exit codes:%n";
    static final String DONE_CODE = "0:done";
    static final String FAILED_CODE = "1:the API, the network or the disk failed";
    static final String BAD_USAGE_CODE = "2:bad usage, nothing was called";
    static final String EXPORT_ERROR_CODE = "3:the export ended otherwise, such as in ERROR";
    static final String INTERRUPTED_CODE = "130:interrupted by Ctrl-C";
    static final String TIMED_OUT_CODE = "4:the time was up before the export ended";

    private Exports() {}

    /** Runs the command line. Ends the JVM only with a failure, so that it can run in another program's. */
    public static void main(String[] arguments) {
        int code = execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs the command line, and gives its exit code. */
    static int execute(String... arguments) {
        // Without a logging library the engine would print its warnings itself, where ConnectionOptions cannot stop it.
        Loggers.useJdkLoggers();
        // Nobody records a command; a start pays for Flight Recorder's classes.
        System.setProperty("io.netty.jfr.enabled", System.getProperty("io.netty.jfr.enabled", "false"));
        return commandLine().execute(arguments);
    }

    private static CommandLine commandLine() {
        CommandLine program = new CommandLine(new Exports());
        if (Terminal.isDumb()) {
            program.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        }
        return program.setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((error, arguments) -> badUsage(error))
                .setExecutionExceptionHandler((error, command, result) -> failed(error, command));
    }

    private static int badUsage(ParameterException error) {
        CommandLine command = error.getCommandLine();
        String what = WrongWords.explain(error);
        String end = what.endsWith("?") ? " See '" : "; see '";
        command.getErr()
                .println("exports: " + Terminal.oneLine(what) + end
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return BAD_USAGE;
    }

    private static int failed(Exception error, CommandLine command) {
        boolean isForUsers = error instanceof BatchExportsException || error instanceof CommandFailedException;
        String message = isForUsers ? error.getMessage() : error.toString();
        command.getErr().println("exports: " + Terminal.oneLine(String.valueOf(message)));
        if (command.getParseResult().expandedArgs().contains("--verbose")) {
            printStackTrace(error, command.getErr());
        }
        return FAILED;
    }

    /** It repeats messages, and with them what a server said. */
    private static void printStackTrace(Exception error, PrintWriter to) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        Pattern tab = Pattern.compile("\t");
        trace.toString()
                .lines()
                .map(line -> tab.splitAsStream(line).map(Terminal::oneLine).collect(Collectors.joining("\t")))
                .forEach(to::println);
    }

    /** Without a command, lists. */
    @Override
    public Integer call() {
        return commandLine().execute("list");
    }
}
