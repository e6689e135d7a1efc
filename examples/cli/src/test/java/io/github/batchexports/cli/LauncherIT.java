package io.github.batchexports.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.cli.CommandLineProcess.Result;
import io.github.batchexports.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The launcher beside the jar, which may change nothing but the time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherIT {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        sandbox.close();
    }

    enum Archive {
        MISSING,
        EMPTY,
        GARBAGE,
        OF_ANOTHER_JAR
    }

    private List<String> list(Path launcher) {
        return List.of(launcher.toString(), "list", "--base-url", sandbox.baseUrl(), "--take", "3", "--format", "json");
    }

    private void assertLists(Path launcher, Map<String, String> more) throws Exception {
        Map<String, String> environment =
                new HashMap<>(CommandLineProcess.environment(Sandbox.REST_API_KEY, Sandbox.PROJECT_KEY));
        environment.putAll(more);
        Result result = CommandLineProcess.result(CommandLineProcess.start(environment, list(launcher)));
        assertThat(result.code()).as("%s", result.err()).isZero();
        assertThat(Trees.of(result.out())).isEqualTo(Trees.of(sandbox.exports().subList(0, 3)));
        assertThat(result.err()).singleElement().asString().startsWith("3 exports, 1 call, ");
    }

    @Test
    void itRunsFromAnywhereThroughSymbolicLinksWithAndWithoutJavaHome() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), TARGET.resolve("exports"));
        Path relative = Files.createSymbolicLink(
                Files.createDirectory(directory.resolve("a folder")).resolve("exports"), Path.of("..", "link"));
        assertLists(relative, Map.of("JAVA_HOME", System.getProperty("java.home")));
        assertLists(link, Map.of("JAVA_HOME", directory.resolve("none").toString()));
        assertLists(link, Map.of("JAVA_HOME", "", "PATH", TARGET + ":" + System.getenv("PATH")));
    }

    @ParameterizedTest
    @EnumSource
    void unusableArchiveIsIgnored(Archive archive) throws Exception {
        for (String file : List.of("exports", "exports.jar")) {
            Files.copy(TARGET.resolve(file), directory.resolve(file));
        }
        Path copy = directory.resolve("exports.jsa");
        switch (archive) {
            case MISSING -> assertThat(copy).doesNotExist();
            case EMPTY -> Files.createFile(copy);
            case GARBAGE -> Files.writeString(copy, "garbage\n".repeat(10_000));
            case OF_ANOTHER_JAR -> Files.copy(TARGET.resolve("exports.jsa"), copy);
        }
        assertLists(directory.resolve("exports"), Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    @Test
    void jvmAcceptsBuiltArchive() throws Exception {
        List<String> strict = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xshare:on",
                "-XX:SharedArchiveFile=" + TARGET.resolve("exports.jsa"),
                "-jar",
                TARGET.resolve("exports.jar").toString(),
                "--version");
        Result result = CommandLineProcess.result(CommandLineProcess.start(Map.of(), strict));
        assertThat(result.code()).as("%s", result.out()).isZero();
    }
}
