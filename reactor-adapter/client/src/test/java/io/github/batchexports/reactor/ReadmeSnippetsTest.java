package io.github.batchexports.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.batchexports.ExportDefinition;
import io.github.batchexports.ExportFilters;
import io.github.batchexports.ExportRequest;
import io.github.batchexports.ExportStatus;
import io.github.batchexports.ListOptions;
import io.github.batchexports.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Snippets of the READMEs that are run, not only compiled: against the sandbox, with its calls counted. */
class ReadmeSnippetsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Sandbox sandbox =
            Sandbox.builder().exportTakes(Duration.ZERO).fileBytes(12_800).start();
    private final BatchExportsClient client = BatchExportsClient.builder()
            .restApiKey(Sandbox.REST_API_KEY)
            .projectKey(Sandbox.PROJECT_KEY)
            .baseUrl(sandbox.baseUrl())
            .requestsPerSecond(0)
            .build();
    private final List<ExportRequest> stored = new ArrayList<>();
    private final PrintStream out = System.out;
    private @Nullable String cursor;
    private int storedBeforeFailure = Integer.MAX_VALUE;

    @AfterEach
    void close() {
        System.setOut(out);
        client.close();
        sandbox.close();
    }

    private void store(ExportRequest export) {
        if (stored.size() == storedBeforeFailure) {
            storedBeforeFailure = Integer.MAX_VALUE;
            throw new IllegalStateException("the disk is full");
        }
        stored.add(export);
    }

    private void remember(@Nullable String from) {
        cursor = from;
    }

    private @Nullable String remembered() {
        return cursor;
    }

    private static void await(BooleanSupplier condition) {
        Flux.interval(Duration.ofMillis(5))
                .takeUntil(tick -> condition.getAsBoolean())
                .blockLast(PATIENCE);
    }

    private String printedBy(Runnable snippet, Predicate<String> isWhole) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        snippet.run();
        await(() -> isWhole.test(printed.toString(StandardCharsets.UTF_8)));
        return printed.toString(StandardCharsets.UTF_8);
    }

    private int files() {
        return sandbox.exports().get(0).split("\"part\":").length - 1;
    }

    void filesOfANewExport() {
        ExportDefinition definition =
                ExportDefinition.forAttributes("$email_address", "firstname").build();
        client.create(definition)
                .flatMap(id -> client.awaitSuccess(id).timeout(Duration.ofHours(1)))
                .flatMapMany(export -> client.downloadAll(export, folder))
                .doOnNext(path -> System.out.println("saved " + path))
                .blockLast();
    }

    @Test
    void newExportIsSaved() throws Exception {
        String printed = printedBy(
                this::filesOfANewExport,
                lines -> sandbox.exports().size() == 254 && lines.lines().count() == files());
        assertThat(printed.lines()).isNotEmpty().allMatch(line -> line.startsWith("saved " + folder));
        try (Stream<Path> saved = Files.list(folder)) {
            assertThat(saved).hasSize(files()).allMatch(path -> path.toString().endsWith(".jsonl"));
        }
        assertThat(sandbox.createCalls()).isEqualTo(1);
    }

    void linesOfANewExport(ExportDefinition definition) {
        client.create(definition)
                .flatMap(id -> client.awaitSuccess(id).timeout(Duration.ofHours(1)))
                .flatMapIterable(ExportRequest::files)
                .concatMap(client::downloadLines, 1)
                .subscribe(line -> System.out.println(line));
    }

    @Test
    void linesOfANewExportArePrinted() {
        ExportDefinition definition = ExportDefinition.forReachability("email")
                .from(Instant.now().minus(Duration.ofDays(7)))
                .build();
        String printed = printedBy(
                () -> linesOfANewExport(definition),
                text -> sandbox.exports().size() == 254
                        && text.getBytes(StandardCharsets.UTF_8).length >= 12_800 * files());
        assertThat(printed.lines()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    void resuming() {
        client.listPages(ListOptions.builder().from(remembered()).build())
                .publishOn(Schedulers.boundedElastic(), 1)
                .doOnNext(page -> {
                    page.exports().forEach(this::store);
                    remember(page.nextFrom());
                })
                .blockLast();
    }

    @Test
    void listingResumesAtTheUnprocessedPage() {
        storedBeforeFailure = 150;
        assertThatIllegalStateException().isThrownBy(this::resuming);
        assertThat(stored).hasSize(150);
        resuming();
        assertThat(stored).hasSize(150 + 153);
        assertThat(stored.stream().distinct()).as("none is missing").hasSize(253);
        assertThat(remembered()).isNull();
    }

    private Mono<Void> saveAll(List<ExportRequest> exports) {
        return Mono.fromRunnable(() -> exports.forEach(this::store));
    }

    void importing() {
        client.listPages(ListOptions.builder().from(remembered()).build())
                .concatMap(page -> saveAll(page.exports()).doOnSuccess(saved -> remember(page.nextFrom())), 0)
                .blockLast();
    }

    @Test
    void importGoesOnAtThePageThatWasNotSaved() {
        storedBeforeFailure = 150;
        assertThatIllegalStateException().isThrownBy(this::importing);
        assertThat(sandbox.listCalls()).isEqualTo(2);
        importing();
        assertThat(stored).hasSize(150 + 153);
        assertThat(stored.stream().distinct()).as("none is missing").hasSize(253);
        assertThat(remembered()).isNull();
    }

    void blocking() {
        try (Stream<ExportRequest> exports = client.list().toStream(1)) {
            exports.filter(ExportFilters.status(ExportStatus.ERROR)).limit(20).forEach(this::store);
        }
    }

    @Test
    void streamWithPrefetchOfOneCostsOnlyThePagesItReads() {
        try (Stream<ExportRequest> exports = client.list().toStream(1)) {
            assertThat(exports.limit(20)).hasSize(20);
        }
        assertThat(sandbox.listCalls()).isEqualTo(1);
        try (Stream<ExportRequest> exports = client.list().toStream()) {
            assertThat(exports.iterator().next()).isNotNull();
            await(() -> sandbox.listCalls() == 4);
        }
        blocking();
        assertThat(stored).hasSize(20).allMatch(export -> export.status().equals(ExportStatus.ERROR));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void blockingWorksOnVirtualThreads() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable caller = () -> {
            try {
                blocking();
                assertThat(client.create(ExportDefinition.forAttributes("a").build())
                                .flatMap(client::view)
                                .block())
                        .isNotNull();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        };
        Object thread =
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, caller);
        assertThat(thread.toString()).startsWith("VirtualThread");
        done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(stored).hasSize(20);
        assertThat(sandbox.createCalls()).isEqualTo(1);
    }
}
