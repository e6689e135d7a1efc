package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose texts steer terminals, by control characters of one byte and of two, and by marks of direction. */
class HostileTextIT {

    private static final String PRINTABLE = "\\t*[ -~]*";
    private static final String EXPORT =
            "{\"id\":\"a\u009b2Jb\",\"status\":\"SUCCESS\",\"scope\":\"\u202ec\u2066d\u0085e\","
                    + "\"files\":[],\"x\u2028\u007f\":[\"\\u001b[2J\u00ad\",\"\udb40\udc41\"]}";

    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Result run(String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(CommandLineProcess.environment(CommandLineProcess.KEY, "p"));
        // A machine without a character set would print question marks, which do no harm.
        environment.put("LC_ALL", "C.UTF-8");
        return CommandLineProcess.run(environment, arguments);
    }

    private String[] to(String command, String... arguments) {
        return CommandLineProcess.at("http://127.0.0.1:" + server.getPort(), command, arguments);
    }

    private void answer(int code, String body) {
        server.enqueue(new MockResponse.Builder().code(code).body(body).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "view", "watch"})
    void rowsDoNotSteerTerminal(String command) throws Exception {
        answer(200, command.equals("view") ? EXPORT : "{\"exports\":[" + EXPORT + "],\"has_more\":false}");
        Result result = run(arguments(command));
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).hasSize(2).allMatch(line -> line.matches(PRINTABLE));
        assertThat(result.out().get(1)).contains("a 2Jb", " c d e ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "view", "watch"})
    void jsonIsSameTreeInHarmlessCharacters(String command) throws Exception {
        answer(200, command.equals("view") ? EXPORT : "{\"exports\":[" + EXPORT + "],\"has_more\":false}");
        Result result = run(CommandLineProcess.with(new String[] {"--format", "json"}, arguments(command)));
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(result.out()).singleElement().asString().matches(PRINTABLE);
        var tree = Trees.of(result.out().get(0));
        assertThat(command.equals("watch") ? tree.get("export") : tree).isEqualTo(Trees.of(EXPORT));
    }

    private String[] arguments(String command) {
        return switch (command) {
            case "view" -> to("view", "a");
            case "watch" -> to("watch", "--interval", "1h", "--for", "3s");
            default -> to("list");
        };
    }

    @Test
    void createdIdDoesNotSteerTerminal() throws Exception {
        Path request = Files.writeString(
                directory.resolve("request.json"), "{\"export_type\":\"ATTRIBUTES\",\"attributes\":[\"$language\"]}");
        for (String format : List.of("table", "json")) {
            answer(202, "{\"id\":\"a\u009b2J\u202eb\"}");
            Result result = run(to("create", request.toString(), "--format", format));
            assertThat(result.code()).as("%s", result.err()).isZero();
            assertThat(result.out()).singleElement().asString().matches(PRINTABLE);
        }
    }

    @Test
    void errorAndItsStackTraceDoNotSteerTerminal() throws Exception {
        answer(200, "{\"id\":\"\\u001b[2J\u009b2J\u202eline\\none\",\"status\":\"SUCCESS\",\"files\":[]}");
        Result result = run(to("download", "a", "--verbose"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .allMatch(line -> line.matches(PRINTABLE))
                .anyMatch(line -> line.startsWith("\tat io."));
    }
}
