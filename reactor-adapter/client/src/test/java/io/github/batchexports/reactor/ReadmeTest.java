package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportSnapshot;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ExportType;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.BatchExportsException;
import io.github.batchexports.error.CallContext;
import io.github.batchexports.error.ErrorResponse;
import io.github.batchexports.error.Operation;
import io.github.batchexports.error.PermissionException;
import io.github.batchexports.policy.RetryPolicy;
import io.github.batchexports.sandbox.Fault;
import io.github.batchexports.sandbox.Sandbox;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compiles the Java snippets of all READMEs: each has to be here, in {@link ReadmeSnippetsTest}, which runs them, in another
 * module's test of this name, or in the test of the application that depends on the published sandbox.
 */
class ReadmeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path CONTRIBUTING = ROOT.resolve("CONTRIBUTING.md");

    private @Nullable String cursor;
    private final List<ExportRequest> stored = new ArrayList<>();

    void firstScreen() {
        try (BatchExportsClient client = BatchExportsClient.builder()
                .restApiKey(System.getenv("BATCH_REST_API_KEY"))
                .projectKey(System.getenv("BATCH_PROJECT_KEY"))
                .build()) {
            client.list()
                    .filter(ExportFilters.status(ExportStatus.SUCCESS).and(ExportFilters.scope("PROFILE_ATTRIBUTES")))
                    .take(20)
                    .doOnNext(export -> System.out.println(export.id() + " " + export.completionDate()))
                    .blockLast();
        }
    }

    void filters(BatchExportsClient client, Instant since, Instant until) {
        Predicate<ExportRequest> wanted = ExportFilters.status(ExportStatus.SUCCESS, ExportStatus.ERROR)
                .and(ExportFilters.requestedBetween(since, until))
                .and(ExportFilters.exportType(ExportType.of("EVENTS")).negate());
        client.list().filter(wanted).subscribe(this::store);
    }

    void watching(BatchExportsClient client) {
        client.watch(WatchOptions.builder()
                        .filter(ExportFilters.scope("PROFILE_ATTRIBUTES"))
                        .build())
                .subscribe(change -> System.out.println(
                        change.previous() + " -> " + change.export().status()));
    }

    void latest(BatchExportsClient client) {
        Flux<ExportSnapshot> latest = client.snapshots().replay(1).refCount(1, Duration.ofMinutes(5));
        // In each request:
        Mono<List<ExportRequest>> running = latest.next()
                .map(snapshot -> snapshot.filter(ExportFilters.status(ExportStatus.RUNNING))
                        .exports());
        running.subscribe();
    }

    void retrying(BatchExportsClientBuilder options) {
        RetryPolicy patient = RetryPolicy.builder()
                .maxAttempts(10)
                .maxElapsed(Duration.ofMinutes(10))
                .build();
        options.retry(patient);
    }

    void resuming(BatchExportsClient client) {
        client.list(ListOptions.builder().from(remembered()).build())
                .doOnNext(this::store)
                .doOnError(BatchExportsException.class, error -> remember(error.resumeFrom()))
                .doOnComplete(() -> remember(null))
                .subscribe();
    }

    private void store(ExportRequest export) {
        stored.add(export);
    }

    private void remember(@Nullable String from) {
        cursor = from;
    }

    private @Nullable String remembered() {
        return cursor;
    }

    @Test
    void sandboxStandsInForTheApi() {
        try (Sandbox sandbox = Sandbox.builder().exports(25).start();
                BatchExportsClient client = BatchExportsClient.builder()
                        .restApiKey(Sandbox.REST_API_KEY)
                        .projectKey(Sandbox.PROJECT_KEY)
                        .baseUrl(sandbox.baseUrl())
                        .requestsPerSecond(0)
                        .build()) {
            List<ExportRequest> exports = client.list().collectList().block();

            assertThat(exports).hasSize(25);
            assertThat(sandbox.listCalls()).isEqualTo(1);
        }
    }

    void script(Sandbox sandbox) {
        sandbox.failNext(Fault.none());
        sandbox.failNext(2, Fault.status(503));
        sandbox.failNext(Fault.delay(Duration.ofMillis(300)));
    }

    @Test
    void fakeNeedsNoServer() {
        Flux<ExportRequest> refused = Flux.error(
                new PermissionException(CallContext.of(Operation.LIST, null), new ErrorResponse(403, null, null)));
        assertThatThrownBy(refused::blockLast).hasMessageContaining("403");
    }

    @Test
    void everySnippetIsCompiled() throws IOException {
        String compiled = "";
        for (Path test : sources("(Readme(Snippets)?Test|ExportController(Test)?).java")) {
            compiled += withoutSpace(Files.readString(test));
        }
        int found = 0;
        for (Path readme : readmes()) {
            for (String snippet : matches("```java\n(.*?)```", Files.readString(readme))) {
                assertThat(compiled).as("%s", readme).contains(withoutSpace(snippet));
                found++;
            }
        }
        assertThat(found).isEqualTo(20);
    }

    @Test
    void readmeIsShortAndStartsWithTheEssentials() throws IOException {
        List<String> lines = Files.readAllLines(README);
        assertThat(lines).hasSizeBetween(120, 170);
        assertThat(lines.subList(0, 45))
                .contains("  <artifactId>batch-exports-reactor</artifactId>", "```java", "mvn -B verify")
                .contains("mvn -q compile exec:java");
    }

    @Test
    void tableListsEveryOption() throws IOException {
        String readme = Files.readString(README);
        for (Method option : BatchExportsClientBuilder.class.getDeclaredMethods()) {
            if (option.getReturnType() == BatchExportsClientBuilder.class) {
                assertThat(readme).containsPattern("\n\\| `" + option.getName() + "(\\(\\))?` \\|");
            }
        }
    }

    @Test
    void tableListsEveryErrorKind() throws IOException {
        String readme = Files.readString(README);
        List<Path> kinds = sources("[A-Z]\\w+Exception.java").stream()
                .filter(source -> source.getParent().endsWith("core/src/main/java/io/github/batchexports/error"))
                .filter(source -> !source.endsWith("BatchExportsException.java"))
                .toList();
        assertThat(kinds).isNotEmpty();
        for (Path kind : kinds) {
            assertThat(readme).contains("\n| `" + name(kind) + "` |");
        }
    }

    @Test
    void everyLinkTargetExists() throws IOException {
        List<Path> documents = new ArrayList<>(readmes());
        documents.addAll(List.of(CONTRIBUTING, ROOT.resolve("CHANGELOG.md"), ROOT.resolve("SECURITY.md")));
        for (Path document : documents) {
            for (String link : matches("\\]\\((?!https?:)([^)]+)\\)", Files.readString(document))) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                assertThat(target).as("%s in %s", link, document).exists();
                if (parts.length == 2) {
                    assertThat(anchors(target)).as("%s in %s", link, document).contains(parts[1]);
                }
            }
        }
    }

    @Test
    void contributingNamesOnlyExistingClasses() throws IOException {
        Set<String> classes =
                sources("\\w+\\.java").stream().map(ReadmeTest::name).collect(Collectors.toSet());
        List<String> named = matches("`([A-Z][a-z]\\w+)`", Files.readString(CONTRIBUTING));
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(classes).containsAll(named);
    }

    private static List<Path> readmes() throws IOException {
        try (Stream<Path> files = Files.find(ROOT, 3, (file, is) -> file.endsWith("README.md"))) {
            return files.toList();
        }
    }

    /** The sources of all modules whose file name matches. */
    private static List<Path> sources(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path readme : readmes()) {
            Path sources = readme.resolveSibling("src");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.getFileName().toString().matches(name))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static List<String> anchors(Path document) throws IOException {
        return matches("(?m)^#+ ([^\n]+)$", Files.readString(document)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String name(Path source) {
        return source.getFileName().toString().replace(".java", "");
    }

    /** The formatter may break lines elsewhere than a README does. */
    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
