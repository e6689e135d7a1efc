package io.github.batchexports.cli;

import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.github.batchexports.sandbox.Sandbox;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to reach the API. The key has no option, since a command line is seen by every user of a machine. */
final class ConnectionOptions {

    private static final String KEY_VARIABLE = "BATCH_REST_API_KEY";
    private static final String PROJECT_VARIABLE = "BATCH_PROJECT_KEY";

    private static final Map<String, String> OPTION_NAMES = Map.of(
            "restApiKey", KEY_VARIABLE,
            "projectKey", "--project (or " + PROJECT_VARIABLE + ")",
            "baseUrl", "--base-url",
            "apiVersion", "--api-version",
            "requestsPerSecond", "--requests-per-second",
            "responseTimeout", "--response-timeout",
            "pageSize", "--page-size",
            "from is", "--from is",
            "interval must", "--interval must",
            ", or allowInsecureHttp() if the network is yours", "");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--project",
            paramLabel = "KEY",
            description = "The project key; by default that of BATCH_PROJECT_KEY.")
    private @Nullable String project;

    @Option(names = "--base-url", paramLabel = "URL", description = "The server; by default https://api.batch.com.")
    private @Nullable String baseUrl;

    @Option(names = "--api-version", paramLabel = "V", description = "The version of the API; by default 2.8.")
    private @Nullable String apiVersion;

    @Option(
            names = "--requests-per-second",
            paramLabel = "R",
            description = "Calls a second at the most, by default 1; 0 for no pace.")
    private @Nullable Double requestsPerSecond;

    @Option(
            names = "--response-timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "How long one attempt may take, such as 2s; by default 30s.")
    private @Nullable Duration responseTimeout;

    @Mixin
    private RedisOption redis = new RedisOption();

    @Option(names = "--verbose", description = "Prints the engine's log, and a stack trace when something fails.")
    private boolean verbose;

    /** Connects to the API, or to a sandbox of its own when there is no key. */
    Session open(Sandbox.Builder sandbox) {
        if (!verbose) {
            // Without a logging library the engine logs to standard error, which is for what the user is to read.
            LogManager.getLogManager().reset();
        }
        String key = variable(KEY_VARIABLE);
        if (key == null && baseUrl != null) {
            throw badUsage("no REST API key: set " + KEY_VARIABLE);
        }
        AtomicInteger calls = new AtomicInteger();
        try {
            if (key == null) {
                redis.checkUnused(KEY_VARIABLE);
            }
            BatchExportsClientBuilder options =
                    options().httpClient(http -> http.doOnRequest((request, connection) -> calls.incrementAndGet()));
            return key == null ? sandbox(sandbox.start(), options, calls) : api(options, key, calls);
        } catch (IllegalArgumentException e) {
            throw badUsage(inOptionNames(e));
        }
    }

    private BatchExportsClientBuilder options() {
        BatchExportsClientBuilder options = BatchExportsClient.builder();
        String key = project == null ? variable(PROJECT_VARIABLE) : project;
        if (key != null) {
            options.projectKey(key);
        }
        if (baseUrl != null) {
            options.baseUrl(baseUrl);
        }
        if (apiVersion != null) {
            options.apiVersion(apiVersion);
        }
        if (requestsPerSecond != null) {
            options.requestsPerSecond(requestsPerSecond);
        }
        if (responseTimeout != null) {
            options.responseTimeout(responseTimeout);
        }
        return options;
    }

    private Session api(BatchExportsClientBuilder options, String key, AtomicInteger calls) {
        SharedRedis shared = redis.choose(requestsPerSecond);
        if (shared != null) {
            shared.configure(options);
        }
        BatchExportsClient client = options.restApiKey(key).build();
        if (shared != null) {
            shared.check();
        }
        return new Session(client, calls, requestsPerSecond == null || requestsPerSecond > 0, null, shared);
    }

    private Session sandbox(Sandbox sandbox, BatchExportsClientBuilder options, AtomicInteger calls) {
        if (requestsPerSecond == null) {
            options.requestsPerSecond(0);
        }
        System.err.println(
                "exports: no " + KEY_VARIABLE + ", so this is a sandbox on this machine with made-up exports");
        options.restApiKey(Sandbox.REST_API_KEY).projectKey(Sandbox.PROJECT_KEY).baseUrl(sandbox.baseUrl());
        return new Session(options.build(), calls, requestsPerSecond != null && requestsPerSecond > 0, sandbox, null);
    }

    private ParameterException badUsage(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    private static @Nullable String variable(String name) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** What the library says of its options, in the names of the command line's. */
    static String inOptionNames(IllegalArgumentException error) {
        String message = String.valueOf(error.getMessage());
        for (Map.Entry<String, String> name : OPTION_NAMES.entrySet()) {
            message = message.replace(name.getKey(), name.getValue());
        }
        return message;
    }
}
