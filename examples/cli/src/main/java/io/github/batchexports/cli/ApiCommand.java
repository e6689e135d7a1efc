package io.github.batchexports.cli;

import io.github.batchexports.cli.connection.ConnectionOptions;
import io.github.batchexports.cli.connection.Session;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxBuilder;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have: the way to the API, how they refuse bad usage, and the exit codes of most of them. */
@Command(
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exports.EXIT_CODES,
        exitCodeList = {Exports.DONE_CODE, Exports.FAILED_CODE, Exports.BAD_USAGE_CODE})
abstract class ApiCommand implements Callable<Integer> {

    /** How often something happens in the sandbox of those who have no key. */
    static final Duration SANDBOX_PERIOD = Duration.ofSeconds(5);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** Connects to the API, or to a sandbox in which exports appear and move. */
    final Session open() {
        return open(Sandbox.builder().newExportEvery(SANDBOX_PERIOD));
    }

    /** Connects to the API, or to such a sandbox. */
    final Session open(SandboxBuilder sandbox) {
        return connection.open(sandbox);
    }

    final ParameterException badUsage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** Refuses a time of less than a millisecond, or of more than so many days. */
    final void check(String option, @Nullable Duration time, int days) {
        if (time != null && (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofDays(days)) > 0)) {
            throw badUsage(option + " must be between 1 ms and " + days + (days == 1 ? " day: " : " days: ") + time);
        }
    }
}
