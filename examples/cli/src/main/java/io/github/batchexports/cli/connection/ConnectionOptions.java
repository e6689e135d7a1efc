package io.github.batchexports.cli.connection;

import io.github.batchexports.cli.terminal.Screen;
import io.github.batchexports.cli.terminal.StatusLine;
import io.github.batchexports.reactor.BatchExportsClient;
import io.github.batchexports.reactor.BatchExportsClientBuilder;
import io.github.batchexports.sandbox.Sandbox;
import io.github.batchexports.sandbox.SandboxBuilder;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import reactor.netty.http.client.HttpClient;

/** How to reach the API. The key has no option, since a command line is seen by every user of a machine. */
public final class ConnectionOptions {

    private static final Map<String, String> OPTION_NAMES = Map.of(
            "restApiKey", Environment.REST_API_KEY,
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

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The server; by default that of BATCH_BASE_URL, or https://api.batch.com.")
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

    @Mixin
    private ProxyOption proxy = new ProxyOption();

    @Option(names = "--sandbox", description = "Uses a sandbox on this machine, with made-up exports.")
    private boolean wantsSandbox;

    @Option(
            names = "--verbose",
            description =
                    "Says of each call when it is made and how it ends; prints the engine's log, and a stack trace "
                            + "when something fails.")
    private boolean verbose;

    /** Connects to the API, or to a sandbox of its own when that is asked for, or nothing at all is. */
    public Session open(SandboxBuilder sandbox) {
        String key = System.getenv(Environment.REST_API_KEY);
        if (wantsSandbox) {
            if (project != null || baseUrl != null || redis.isGiven() || proxy.isGiven()) {
                throw badUsage("--sandbox goes without --project, --base-url, --redis, --instances and --proxy");
            }
        } else if (key == null || key.isEmpty()) {
            if (key != null || isApiMeant()) {
                throw badUsage((key == null ? "no REST API key: set " : "an empty REST API key: set ")
                        + Environment.REST_API_KEY + ", or ask for made-up exports by --sandbox");
            }
        }
        Screen screen = Screen.current();
        StatusLine status = new StatusLine(screen);
        EngineLog.show(verbose, status);
        try {
            ObservationRegistry observed = ObservationRegistry.create();
            BatchExportsClientBuilder options = options().observationRegistry(observed);
            if (verbose) {
                observed.observationConfig().observationHandler(new AttemptLog(status));
            }
            return wantsSandbox || key == null
                    ? sandbox(sandbox.start(), options, observed, status)
                    : api(options, observed, key, status);
        } catch (IllegalArgumentException e) {
            throw badUsage(inOptionNames(e)
                    .replace("projectKey", project == null ? Environment.PROJECT_KEY : "--project")
                    .replace("baseUrl", baseUrl == null ? Environment.BASE_URL : "--base-url"));
        }
    }

    /** Whether anything says that somebody's own exports are wanted, so that a missing key is a mistake. */
    private boolean isApiMeant() {
        return project != null
                || baseUrl != null
                || apiVersion != null
                || redis.isGiven()
                || proxy.isGiven()
                || Environment.isSet(Environment.PROJECT_KEY)
                || Environment.isSet(Environment.BASE_URL)
                || Environment.isSet(Environment.REDIS_URL);
    }

    /** What both have. */
    private BatchExportsClientBuilder options() {
        BatchExportsClientBuilder options = BatchExportsClient.builder();
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

    private Session api(
            BatchExportsClientBuilder options, ObservationRegistry observed, String key, StatusLine status) {
        String projectKey = project == null ? Environment.value(Environment.PROJECT_KEY) : project;
        if (projectKey == null) {
            throw badUsage("no project key: set " + Environment.PROJECT_KEY + ", or name it by --project");
        }
        String server = baseUrl == null ? Environment.value(Environment.BASE_URL) : baseUrl;
        if (server != null) {
            options.baseUrl(server);
        }
        UnaryOperator<HttpClient> connections =
                proxy.choose(server == null || !server.toLowerCase(Locale.ROOT).startsWith("http:"));
        AtomicInteger calls = new AtomicInteger();
        options.projectKey(projectKey)
                .restApiKey(key)
                .httpClient(http -> counting(connections.apply(http), calls))
                .storageHttpClient(connections);
        SharedRedis shared = redis.choose(requestsPerSecond);
        if (shared != null) {
            shared.configure(options);
        }
        BatchExportsClient client = options.build();
        if (shared != null) {
            shared.check();
        }
        boolean paced = requestsPerSecond == null || requestsPerSecond > 0;
        return new Session(client, observed, calls, paced, null, shared, status);
    }

    private Session sandbox(
            Sandbox sandbox, BatchExportsClientBuilder options, ObservationRegistry observed, StatusLine status) {
        if (requestsPerSecond == null) {
            options.requestsPerSecond(0);
        }
        if (!wantsSandbox) {
            status.message("exports: no " + Environment.REST_API_KEY + "; these are a sandbox's made-up exports");
        }
        AtomicInteger calls = new AtomicInteger();
        options.restApiKey(Sandbox.REST_API_KEY)
                .projectKey(Sandbox.PROJECT_KEY)
                .baseUrl(sandbox.baseUrl())
                .httpClient(http -> counting(http, calls));
        boolean paced = requestsPerSecond != null && requestsPerSecond > 0;
        return new Session(options.build(), observed, calls, paced, sandbox, null, status);
    }

    private static HttpClient counting(HttpClient http, AtomicInteger calls) {
        return http.doOnRequest((request, connection) -> calls.incrementAndGet());
    }

    private ParameterException badUsage(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    /** What the library says of its options, in the names of the command line's. */
    public static String inOptionNames(IllegalArgumentException error) {
        String message = String.valueOf(error.getMessage());
        for (Map.Entry<String, String> name : OPTION_NAMES.entrySet()) {
            message = message.replace(name.getKey(), name.getValue());
        }
        return message;
    }
}
