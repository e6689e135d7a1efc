package io.github.batchexports.cli;

import io.github.batchexports.cli.connection.CommandFailedException;
import io.github.batchexports.cli.connection.Environment;
import io.github.batchexports.cli.terminal.Screen;
import io.github.batchexports.cli.terminal.StatusLine;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxBuilder;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exports sandbox}: the stand-in for the API as a server by itself. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a server on this machine that stands in for the API, with made-up exports that appear and change.",
            "Prints the settings to use it with, and runs until it is interrupted."
        },
        exitCodeListHeading = Exports.EXIT_CODES,
        exitCodeList = {"1:it could not start, such as on a port that is in use", Exports.BAD_USAGE_CODE})
final class SandboxCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", paramLabel = "N", description = "The port, 1 to 65535; by default a free one.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws InterruptedException {
        if (port != null && (port < 1 || port > 65_535)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--port must be between 1 and 65535: " + port);
        }
        try (StatusLine status = new StatusLine(Screen.current());
                Sandbox sandbox = start()) {
            System.out.println("export " + Environment.REST_API_KEY + "=" + Sandbox.REST_API_KEY);
            System.out.println("export " + Environment.PROJECT_KEY + "=" + Sandbox.PROJECT_KEY);
            System.out.println("export " + Environment.BASE_URL + "=" + sandbox.baseUrl());
            System.out.flush();
            status.message("exports: a sandbox runs at " + sandbox.baseUrl() + " until Ctrl-C");
            new CountDownLatch(1).await();
        }
        return Exports.DONE;
    }

    private Sandbox start() {
        SandboxBuilder options = Sandbox.builder().newExportEvery(ApiCommand.SANDBOX_PERIOD);
        try {
            return (port == null ? options : options.port(port)).start();
        } catch (RuntimeException e) {
            throw new CommandFailedException("no sandbox on port " + port + ": " + e.getMessage(), e);
        }
    }
}
