package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ExportType;
import io.github.batchexports.ListOptions;
import io.github.batchexports.WatchOptions;
import io.github.batchexports.error.BatchExportsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The README's snippets, compiled here; what stands there must stand here. */
class ReadmeTest {

    private @Nullable String cursor;
    private final List<ExportRequest> stored = new ArrayList<>();

    void firstScreen() {
        try (BatchExportsClient client = BatchExportsClient.builder()
                .restApiKey(System.getenv("BATCH_REST_API_KEY"))
                .projectKey("project_0664hxvwffvbpn278gxdyhsadddqgna6")
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

    void following(BatchExportsClient client, String exportId, Path folder) {
        client.awaitCompletion(exportId)
                .timeout(Duration.ofHours(1))
                .flatMapIterable(ExportRequest::files)
                .concatMap(file -> client.downloadTo(file, folder.resolve(file.part() + ".jsonl")))
                .subscribe(path -> System.out.println("saved " + path));
        client.watch(WatchOptions.builder()
                        .filter(ExportFilters.scope("PROFILE_ATTRIBUTES"))
                        .build())
                .subscribe(change -> System.out.println(
                        change.previous() + " -> " + change.export().status()));
    }

    void resuming(BatchExportsClient client) {
        client.list()
                .doOnNext(this::store)
                .doOnError(BatchExportsException.class, error -> remember(error.resumeFrom()))
                .subscribe();
        // Later:
        client.list(ListOptions.builder().from(remembered()).build())
                .doOnNext(this::store)
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
    void everySnippetOfTheReadmeIsCompiledHere() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String here = folded(Files.readString(
                Path.of("src", "test", "java", "io", "github", "batchexports", "reactor", "ReadmeTest.java")));
        Matcher snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        int found = 0;
        while (snippets.find()) {
            assertThat(here).contains(folded(snippets.group(1)));
            found++;
        }
        assertThat(found).isEqualTo(4);
    }

    @Test
    void theReadmeShowsTheTwoCommands() throws IOException {
        assertThat(Files.readString(Path.of("..", "README.md")))
                .contains("mvn -q compile exec:java\n", "mvn -B verify\n");
    }

    /** A formatter may break lines elsewhere than the README does. */
    private static String folded(String code) {
        return code.replaceAll("\\s+", "");
    }
}
