package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.reactor.internal.call.Attempt;
import io.github.batchexports.reactor.internal.call.CallExecutor;
import io.github.batchexports.reactor.internal.call.MicrometerObserver;
import io.github.batchexports.reactor.internal.call.OpenObservation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with only the dependencies of the published pom, in a JVM that logs which classes it loads. */
class PlainApplicationTest {

    private static final List<String> BROUGHT = List.of(
            "io/projectreactor/reactor-core",
            "io/projectreactor/netty/",
            "io/netty/",
            "org/reactivestreams/reactive-streams/",
            "com/fasterxml/jackson/core/jackson-core",
            "com/fasterxml/jackson/core/jackson-annotations",
            "org/jspecify/");

    /** The application. */
    static final class Plain {

        public static void main(String[] arguments) {
            try (BatchExportsClient client = BatchExportsClient.builder()
                    .restApiKey(ExportsServer.KEY)
                    .projectKey(ExportsServer.PROJECT)
                    .baseUrl(arguments[0])
                    .build()) {
                System.out.println(client.list().count().block(Duration.ofSeconds(20)) + " exports");
            }
        }
    }

    private static String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(PlainApplicationTest::isBrought)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** This project's modules are directories, or jars in their target directories. */
    private static boolean isBrought(String entry) {
        String path = entry.replace(File.separatorChar, '/');
        return path.contains("/target/") || BROUGHT.stream().anyMatch(path::contains);
    }

    @Test
    void plainApplicationLoadsNeitherSpringNorMicrometer(@TempDir Path folder) throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        Path output = folder.resolve("output.txt");
        try (ExportsServer server = new ExportsServer(30)) {
            Process application = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-Xlog:class+load:file=" + loaded,
                            "-cp",
                            classPath(),
                            Plain.class.getName(),
                            server.baseUrl())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains("30 exports").doesNotContain("NoClassDefFoundError");
            assertThat(application.exitValue()).isZero();
        }
        assertThat(Files.readString(loaded))
                .contains(CallExecutor.class.getName(), Attempt.Observer.class.getName())
                .doesNotContain("org.springframework", "io.micrometer")
                .doesNotContain(MicrometerObserver.class.getName(), OpenObservation.class.getName())
                .doesNotContain(BatchExportsClient.class.getPackageName() + ".spring");
    }
}
